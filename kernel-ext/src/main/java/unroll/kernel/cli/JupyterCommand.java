package unroll.kernel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import unroll.kernel.install.InstallException;
import unroll.kernel.install.Installation;
import unroll.kernel.install.JupyterPaths;
import unroll.kernel.install.KernelSpec;

/** {@code unroll jupyter}: the kernel in and out of Jupyter. */
@Command(
    name = "jupyter",
    description =
        "Puts the kernel \"" + KernelSpec.DISPLAY_NAME + "\" into Jupyter, or takes it out.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    subcommands = {JupyterCommand.Install.class, JupyterCommand.Uninstall.class})
final class JupyterCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "jupyter needs a verb: install or uninstall");
  }

  /** Where the kernel is to go, or to be found. */
  static final class Place {

    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    private static final class Choice {
      @Option(
          names = "--user",
          description = "for this user alone, in the user's Jupyter folder (the default)")
      @SuppressWarnings("UnusedVariable") // what is done when nothing is said
      private boolean user;

      @Option(
          names = "--prefix",
          paramLabel = "DIR",
          description = "below DIR, for example /usr/local or a virtual environment's folder")
      private Path prefix;

      @Option(
          names = "--sys-prefix",
          description = "in the virtual or Conda environment that is active")
      private boolean sysPrefix;
    }

    Installation installation() throws NoEnvironment {
      JupyterPaths paths = JupyterPaths.here();
      if (choice.prefix != null) {
        return new Installation(JupyterPaths.below(choice.prefix));
      }
      if (choice.sysPrefix) {
        return new Installation(
            JupyterPaths.below(paths.activeEnvironment().orElseThrow(NoEnvironment::new)));
      }
      return new Installation(paths.user());
    }
  }

  /** {@code --sys-prefix} outside of an environment. */
  static final class NoEnvironment extends Exception {
    private static final long serialVersionUID = 1L;

    NoEnvironment() {
      super(
          "--sys-prefix: no environment is active (neither VIRTUAL_ENV nor CONDA_PREFIX is set);"
              + " activate one, or name it with --prefix DIR");
    }
  }

  /** {@code unroll jupyter install}. */
  @Command(
      name = "install",
      description = {
        "Installs the kernel; an older one is replaced. Needs no Python.",
        "The kernel gets its own copy of all jars and the Java that runs this command."
      },
      mixinStandardHelpOptions = true)
  static final class Install implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Place place;

    @Override
    public Integer call() throws InstallException {
      Installation installation;
      try {
        installation = place.installation();
      } catch (NoEnvironment e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      List<Path> jars =
          JavaProcess.classPath().stream()
              .filter(Files::isRegularFile)
              .filter(jar -> jar.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
              .toList();
      installation.install(JavaProcess.java(), JavaProcess.hasVector(), jars);
      var out = spec.commandLine().getOut();
      out.println("installed the kernel \"" + KernelSpec.DISPLAY_NAME + "\"");
      out.println("  in    " + installation.folder());
      out.println("  java  " + JavaProcess.java());
      return 0;
    }
  }

  /** {@code unroll jupyter uninstall}. */
  @Command(
      name = "uninstall",
      description = "Removes the kernel and all that install has written.",
      mixinStandardHelpOptions = true)
  static final class Uninstall implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Place place;

    @Override
    public Integer call() throws InstallException {
      Installation installation;
      try {
        installation = place.installation();
      } catch (NoEnvironment e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      boolean removed = installation.uninstall();
      spec.commandLine()
          .getOut()
          .println(
              removed
                  ? "removed the kernel from " + installation.folder()
                  : "there is no kernel in " + installation.folder() + "; nothing to remove");
      return 0;
    }
  }
}
