package unroll.kernel;

import java.util.ArrayList;
import java.util.List;
import unroll.kernel.display.Renderer;
import unroll.kernel.eval.SessionSettings;
import unroll.kernel.magic.Commands;
import unroll.kernel.magic.LibraryMagics;
import unroll.kernel.render.ChartRenderer;
import unroll.kernel.render.DrawableRenderer;
import unroll.kernel.render.FigureRenderer;
import unroll.kernel.render.TableRenderer;
import unroll.train.Monitor;

/** What Unroll brings to a session: its imports, renderers and magics. */
public final class UnrollLibrary {

  /** What every notebook has imported; packages that do not exist are left out. */
  private static final List<String> IMPORTS =
      List.of(
          "java.time.*",
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
          "unroll.io.onnx.*",
          "static " + Commands.class.getName() + ".*");

  private static final String STATICS = "static " + Notebook.class.getName() + ".*";

  private UnrollLibrary() {}

  /** All of it, for a session of the embedded kernel or of the notebook runner. */
  public static SessionSettings settings() {
    var imports = new ArrayList<>(IMPORTS);
    imports.add(STATICS);
    return new SessionSettings(
        imports, renderers(), LibraryMagics.all(), () -> Monitor.use(new LiveTraining()));
  }

  /**
   * The imports for JShell and for kernels that have a {@code display} of their own: the magics
   * come as functions.
   */
  public static List<String> importsBesideOthers() {
    return IMPORTS;
  }

  private static List<Renderer<?>> renderers() {
    return List.of(
        new FigureRenderer(), new DrawableRenderer(), new ChartRenderer(), new TableRenderer());
  }
}
