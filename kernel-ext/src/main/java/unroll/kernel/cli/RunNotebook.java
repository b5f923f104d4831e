package unroll.kernel.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import unroll.kernel.UnrollLibrary;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.CellEvaluator;
import unroll.kernel.notebook.AtomicFiles;
import unroll.kernel.notebook.HtmlPage;
import unroll.kernel.notebook.Notebook;
import unroll.kernel.notebook.NotebookException;
import unroll.kernel.notebook.NotebookReader;
import unroll.kernel.notebook.NotebookRun;
import unroll.kernel.notebook.NotebookWriter;

/**
 * Runs one notebook in this JVM, whose working directory is the notebook's folder. {@link
 * RunCommand} starts it; it ends as soon as that process is gone.
 */
final class RunNotebook {

  /** The exit code when the notebook failed and the user has been told. */
  static final int FAILED = 3;

  private static final int LEFT_ALONE = 130;

  /** Printed text reaches the outputs some twenty times a second. */
  private static final int LAST_PRINTS_MILLIS = 250;

  private final Path shown;
  private final Path file;
  private final Path shownOut;
  private final Path out;
  private final Terminal terminal = Terminal.here();
  private final PrintWriter output = terminal.out();
  private final PrintWriter errors = terminal.err();

  private RunNotebook(String[] args) {
    shown = Path.of(args[0]);
    file = Path.of(args[1]);
    shownOut = Path.of(args[2]);
    out = Path.of(args[3]);
  }

  /**
   * @param args the notebook and the folder for the results, each as the user wrote it and absolute
   */
  public static void main(String[] args) {
    endWithParent();
    System.exit(new RunNotebook(args).run());
  }

  /** The name of a notebook's results, without an extension. */
  static String name(Path notebook) {
    return notebook.getFileName().toString().replaceFirst("(?i)\\.ipynb$", "");
  }

  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try (var in = new FileInputStream(FileDescriptor.in)) {
                while (in.read() >= 0) {
                  // nothing is ever sent
                }
              } catch (IOException e) {
                // as good as the end
              }
              Runtime.getRuntime().halt(LEFT_ALONE);
            },
            "end with parent");
    watch.setDaemon(true);
    watch.start();
  }

  private int run() {
    try {
      Notebook notebook = NotebookReader.read(file);
      NotebookRun run = new NotebookRun(notebook);
      ProgressLine progress =
          new ProgressLine(terminal, output, name(file), notebook.runnableCells());
      Thread exit = new Thread(() -> exited(run, progress), "exit of a cell");
      Runtime.getRuntime().addShutdownHook(exit);
      Optional<NotebookRun.Failure> failure;
      try (CellEvaluator evaluator = new CellEvaluator(UnrollLibrary.settings())) {
        failure = run.run(evaluator, progress);
      }
      Runtime.getRuntime().removeShutdownHook(exit);
      progress.close();
      return finish(run, failure);
    } catch (NotebookException e) {
      errors.println("unroll: " + e.getMessage());
      return FAILED;
    }
  }

  private int finish(NotebookRun run, Optional<NotebookRun.Failure> failure)
      throws NotebookException {
    failure.ifPresent(failed -> errors.println("unroll: " + shown + ": " + failed.message()));
    write(run.notebook(), failure.isPresent());
    return failure.isPresent() ? FAILED : 0;
  }

  private void write(Notebook notebook, boolean failed) throws NotebookException {
    String name = name(file);
    Path target = out.resolve(name + ".ipynb");
    if (failed && isThisNotebook(target)) {
      errors.println("unroll: " + shown + " stays as it was");
    } else {
      AtomicFiles.write(target, NotebookWriter.text(notebook));
    }
    AtomicFiles.write(
        out.resolve(name + ".html"),
        HtmlPage.html(notebook, file.getFileName().toString(), file.getParent()));
    output.println(terminal.sign("→", "->") + " " + shownOut.resolve(name + ".html"));
  }

  private boolean isThisNotebook(Path target) {
    try {
      return Files.exists(target) && Files.isSameFile(file, target);
    } catch (IOException e) {
      return false;
    }
  }

  /** The JVM ends while a cell runs: by a signal, and then at once, or because the cell said so. */
  private void exited(NotebookRun run, ProgressLine progress) {
    boolean byCell =
        Thread.getAllStackTraces().values().stream()
            .flatMap(Arrays::stream)
            .anyMatch(
                frame ->
                    frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    if (!byCell) {
      return;
    }
    String words = "the cell ended the JVM (System.exit), which ends the session";
    CellError error = new CellError("Exit", words, List.of("Exit: " + words), 0);
    try {
      Thread.sleep(LAST_PRINTS_MILLIS);
      progress.close();
      finish(run, Optional.of(run.abandon(error)));
    } catch (NotebookException e) {
      errors.println("unroll: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    output.flush();
    Runtime.getRuntime().halt(FAILED);
  }
}
