package unroll.kernel;

import java.util.List;
import unroll.kernel.display.Renderer;
import unroll.kernel.eval.SessionSettings;
import unroll.kernel.magic.Magic;
import unroll.kernel.render.FigureRenderer;
import unroll.kernel.render.TableRenderer;

/** What Unroll brings to a session: its imports, renderers and magics. */
public final class UnrollLibrary {

  /** What every notebook has imported; packages that do not exist are left out. */
  private static final List<String> IMPORTS =
      List.of(
          "java.util.*",
          "java.util.function.*",
          "java.util.stream.*",
          "tech.tablesaw.api.*",
          "org.knowm.xchart.*",
          "unroll.backend.*",
          "unroll.tensor.*",
          "unroll.autograd.*",
          "unroll.nn.*",
          "unroll.nn.recurrent.*",
          "unroll.loss.*",
          "unroll.optim.*",
          "unroll.data.*",
          "unroll.plot.*",
          "unroll.train.*",
          "unroll.trace.*",
          "unroll.topology.*",
          "unroll.io.*",
          "static unroll.kernel.Notebook.*");

  private static final List<Renderer<?>> RENDERERS =
      List.of(new FigureRenderer(), new TableRenderer());

  private static final List<Magic> MAGICS = List.of();

  private UnrollLibrary() {}

  /** All of it, for a session of the embedded kernel or of the notebook runner. */
  public static SessionSettings settings() {
    return new SessionSettings(IMPORTS, RENDERERS, MAGICS);
  }
}
