package unroll.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import unroll.kernel.notebook.AtomicFiles;
import unroll.kernel.notebook.NotebookException;
import unroll.kernel.notebook.NotebookReader;

/** {@code unroll run}: notebooks executed without Python or Jupyter. */
@Command(
    name = "run",
    description = {
      "Runs notebooks, each in a JVM of its own that works in the notebook's folder, and writes"
          + " each as .ipynb and as a page that needs nothing but itself (.html).",
      "Stops a notebook at its first cell that fails, writes what it has, and goes on with the"
          + " next. The notebooks that are read stay as they are, unless DIR is their own folder:"
          + " then a run without failure replaces them."
    },
    footer = {
      "",
      "Exit code: 0 when every cell ran, 1 when one failed or a notebook could not be read or"
          + " written, 2 when the command line was wrong.",
      "UNROLL_JAVA_OPTS holds options for the JVMs, for example -Xmx8g."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "NB", description = "notebooks (.ipynb)")
  private List<Path> notebooks;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "reports",
      description = "where the results go (default: ${DEFAULT-VALUE}); made where there is none")
  private Path out;

  @Override
  public Integer call() throws NotebookException, InterruptedException {
    requireDifferentNames();
    AtomicFiles.requireWritable(out);
    int code = 0;
    for (Path notebook : notebooks) {
      code = Math.max(code, run(notebook));
    }
    return code;
  }

  private void requireDifferentNames() {
    Map<String, Path> seen = new HashMap<>();
    for (Path notebook : notebooks) {
      Path other = seen.put(RunNotebook.name(notebook), notebook);
      if (other != null) {
        throw new ParameterException(
            spec.commandLine(),
            other
                + " and "
                + notebook
                + " would be written to the same files in "
                + out
                + "; run them one by one, with different --out");
      }
    }
  }

  private int run(Path notebook) throws InterruptedException {
    Terminal terminal = Terminal.here();
    PrintWriter output = spec.commandLine().getOut();
    PrintWriter errors = spec.commandLine().getErr();
    try {
      NotebookReader.read(notebook); // what cannot be read needs no JVM to say so
      int code =
          JavaProcess.run(
              notebook.toAbsolutePath().getParent(),
              List.of(terminal.options()),
              RunNotebook.class,
              List.of(
                  notebook.toString(),
                  notebook.toAbsolutePath().toString(),
                  out.toString(),
                  out.toAbsolutePath().toString()),
              ProcessBuilder.Redirect.PIPE,
              terminal.charset(),
              output,
              errors);
      if (code != 0 && code != RunNotebook.FAILED) {
        errors.println(
            "unroll: " + notebook + ": its JVM ended before its time, with code " + code);
      }
      return code == 0 ? 0 : 1;
    } catch (NotebookException e) {
      errors.println("unroll: " + e.getMessage());
    } catch (IOException e) {
      errors.println("unroll: " + notebook + ": could not start a JVM: " + e.getMessage());
    }
    return 1;
  }
}
