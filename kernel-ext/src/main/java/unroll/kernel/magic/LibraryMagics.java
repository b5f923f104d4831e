package unroll.kernel.magic;

import java.util.List;

/** The magics that call the library. Each parses, calls it, and returns what to show. */
public final class LibraryMagics {
  private LibraryMagics() {}

  /** All of them. */
  public static List<Magic> all() {
    return List.of(
        BackendMagics.backend(),
        BackendMagics.seed(),
        BenchMagic.magic(),
        DataMagic.magic(),
        GradCheckMagic.magic(),
        LoadMagic.magic(),
        MavenMagic.magic(),
        SessionMagics.models(),
        ParityMagic.magic(),
        PlotMagic.magic(),
        SaveMagic.magic(),
        TimeMagic.magic(),
        TraceMagic.magic(),
        TrainMagic.magic(),
        SessionMagics.who());
  }
}
