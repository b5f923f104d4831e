package unroll.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import unroll.backend.Backends;
import unroll.io.Parity;
import unroll.io.ParityResult;

/** {@code unroll parity}: does a layer agree with PyTorch's, forward and backward? */
@Command(
    name = "parity",
    description = "Compares recurrent layers with PyTorch's, through reference files.",
    footer = {"", "Exit code: 0 when every file passed or was skipped, otherwise 1."},
    mixinStandardHelpOptions = true)
final class ParityCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "safetensors files with a layer's weights, inputs, outputs and gradients")
  private List<Path> files;

  @Option(names = "--backend", description = "where to compute (default: the session's)")
  private String backend;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (backend != null) {
        Backends.use(backend);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    boolean fine = true;
    for (Path file : files) {
      try {
        ParityResult result = Parity.check(file);
        out.println(result);
        fine &= result.isFine();
      } catch (IOException e) {
        spec.commandLine().getErr().println("unroll: " + message(file, e));
        fine = false;
      }
    }
    return fine ? 0 : 1;
  }

  private static String message(Path file, IOException e) {
    String said = e.getMessage() == null ? e.toString() : e.getMessage();
    return said.contains(file.getFileName().toString())
        ? e instanceof java.nio.file.NoSuchFileException ? said + ": there is no such file" : said
        : file + ": " + said;
  }
}
