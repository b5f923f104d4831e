package unroll.kernel.cli;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.ServiceLoader;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import unroll.kernel.install.InstallException;
import unroll.kernel.magic.Names;
import unroll.kernel.notebook.NotebookException;

/**
 * {@code unroll}: the class that the launch scripts hand over to. Exit codes: 0 when all went well,
 * 1 when something failed, 2 when the command line was wrong.
 */
@Command(
    name = "unroll",
    description = "Recurrent neural networks in notebooks and scripts, on the JVM.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      JupyterCommand.class,
      JshellCommand.class,
      DoctorCommand.class,
      ParityCommand.class
    },
    footer = {"", "unroll VERB --help says more about each."})
public final class Main implements Runnable {

  @Spec private CommandSpec spec;
  @Mixin private With with;

  Main() {}

  /**
   * Runs a command line and ends the JVM with its exit code.
   *
   * @param args a verb, then what it takes
   */
  public static void main(String[] args) {
    Terminal terminal = Terminal.here();
    CommandLine line = commandLine(terminal.out(), terminal.err());
    int code = line.execute(args);
    line.getOut().flush();
    line.getErr().flush();
    System.exit(code);
  }

  /** The command line, which writes to these two and to nothing else. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    ServiceLoader.load(Verb.class).forEach(line::addSubcommand);
    line.setOut(out).setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionStrategy(
        parsed -> {
          main.add(parsed);
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setParameterExceptionHandler((wrong, args) -> wrongUsage(wrong));
    line.setExecutionExceptionHandler((failed, command, result) -> failure(failed, command));
    return line;
  }

  private void add(ParseResult parsed) {
    CommandLine last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    if (last.isUsageHelpRequested() || last.isVersionHelpRequested()) {
      return;
    }
    try {
      with.apply(last.getErr());
    } catch (OptionalJarsException e) {
      throw new ExecutionException(last, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExecutionException(last, "interrupted", e);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which verb?");
  }

  /** What is wrong, the nearest right name, and how it is used. */
  private static int wrongUsage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      err.println("unroll: " + wrong.getMessage());
    } else {
      String typed = unmatched.getUnmatched().get(0).replaceAll("=.*", "");
      boolean verb = !typed.startsWith("-") && !command.getSubcommands().isEmpty();
      err.println("unroll: there is no " + (verb ? "verb " : "option ") + typed);
      Names.nearest(typed, names(command))
          .ifPresent(name -> err.println("        did you mean " + name + "?"));
    }
    err.println();
    command.usage(err);
    return 2;
  }

  private static Set<String> names(CommandLine command) {
    Set<String> names = new LinkedHashSet<>(command.getSubcommands().keySet());
    command.getCommandSpec().options().forEach(option -> names.addAll(Set.of(option.names())));
    return names;
  }

  /** A message for what a user can mend; the stack as well for what only we can. */
  private static int failure(Exception failed, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failed instanceof NotebookException
        || failed instanceof InstallException
        || failed instanceof OptionalJarsException) {
      err.println("unroll: " + failed.getMessage());
    } else {
      err.println("unroll: this should not have happened; please report it:");
      failed.printStackTrace(err);
    }
    return 1;
  }
}
