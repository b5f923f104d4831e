package unroll.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import unroll.backend.Backends;
import unroll.backend.Threaded;

/** The options that say what is measured. */
final class WorkOptions {

  @Option(
      names = "--cells",
      split = ",",
      description = "RNN, LSTM and GRU, or some of them (default: ${DEFAULT-VALUE})",
      defaultValue = "RNN,LSTM,GRU")
  private List<String> cells;

  @Option(
      names = "--hidden",
      split = ",",
      description = "units of the layer, or the side of the matrices (default: ${DEFAULT-VALUE})",
      defaultValue = "64,128,256,512")
  private List<Integer> hidden;

  @Option(
      names = "--steps",
      description = "length of a sequence (default: ${DEFAULT-VALUE})",
      defaultValue = "50")
  private int steps;

  @Option(
      names = "--batch",
      description = "sequences in a step (default: ${DEFAULT-VALUE})",
      defaultValue = "32")
  private int batch;

  @Option(
      names = "--input",
      description = "features of an embedded character (default: ${DEFAULT-VALUE})",
      defaultValue = "64")
  private int input;

  @Option(
      names = "--truncate",
      paramLabel = "STEPS",
      description = "cut a sequence every so many steps, the state goes on (default: uncut)")
  private int truncate;

  @Option(
      names = "--threads",
      description = "threads to use (default: all cores)",
      defaultValue = "0")
  private int threads;

  @Option(names = "--backend", description = "where to compute (default: the session's)")
  private String backend;

  @Option(
      names = "--seconds",
      description = "how long each is measured (default: ${DEFAULT-VALUE})",
      defaultValue = "3")
  private double seconds;

  /** Everything to be measured for one benchmark. */
  List<Work> works(String bench) {
    List<Work> works = new ArrayList<>();
    for (String cell : bench.equals("gemm") ? List.of("-") : cells) {
      for (int units : hidden) {
        works.add(
            new Work(bench, cell, units, steps, batch, input, truncate > 0 ? truncate : steps));
      }
    }
    return works;
  }

  /** Chooses the backend and the number of threads; returns that number. */
  int apply() {
    if (backend != null) {
      Backends.use(backend);
    }
    if (!(Backends.current() instanceof Threaded)) {
      return 1;
    }
    int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    Backends.threads(count);
    return count;
  }

  double seconds() {
    return seconds;
  }
}
