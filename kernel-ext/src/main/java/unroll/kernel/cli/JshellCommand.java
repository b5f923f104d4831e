package unroll.kernel.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code unroll jshell}: JShell with the library imported. */
@Command(
    name = "jshell",
    description = {
      "Opens JShell with the library on its class path and imported.",
      "With a FILE, or with something piped in, runs that from first to last and stops at the"
          + " first snippet that fails."
    },
    footer = {
      "",
      "Exit code of a script: 0, that of /exit or System.exit, or 1 when a snippet failed.",
      "Known in scripts: " + ScriptRunner.COMMANDS
    },
    mixinStandardHelpOptions = true)
final class JshellCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "a script (.jsh); - for what is piped in")
  private String file;

  @Override
  public Integer call() throws Exception {
    if (file != null && !file.equals("-")) {
      return script(Path.of(file));
    }
    boolean person = file == null && "terminal".equals(System.getProperty("unroll.input"));
    return person ? session() : script(null);
  }

  private int script(Path script) throws IOException, InterruptedException {
    if (script != null && !Files.isReadable(script)) {
      spec.commandLine()
          .getErr()
          .println(
              "unroll: "
                  + script
                  + (Files.exists(script)
                      ? ": no permission to read it"
                      : ": there is no such file"));
      return 1;
    }
    Terminal terminal = Terminal.here();
    return JavaProcess.run(
        Path.of("").toAbsolutePath(),
        List.of(terminal.options()),
        RunScript.class,
        script == null ? List.of() : List.of(script.toString()),
        ProcessBuilder.Redirect.INHERIT,
        terminal.charset(),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  /** The JDK's own tool, with an engine of ours. */
  private static int session() throws Exception {
    Path start = Files.createTempFile("unroll-", ".jsh");
    try {
      Files.write(start, ShellImports.declarations());
      List<String> args = new ArrayList<>();
      args.add("--class-path");
      args.add(
          JavaProcess.classPath().stream()
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator)));
      args.add("--startup");
      args.add(start.toString());
      args.add("--execution");
      args.add("unroll");
      return ShellTool.start(args.toArray(String[]::new));
    } finally {
      Files.deleteIfExists(start);
    }
  }
}
