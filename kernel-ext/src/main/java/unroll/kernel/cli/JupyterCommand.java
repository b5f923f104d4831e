package unroll.kernel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import unroll.kernel.install.KernelOptions;
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

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description =
            "the kernel's folder, by which notebooks know it (${DEFAULT-VALUE}); another one puts a"
                + " kernel with other options beside the first")
    private String name = KernelSpec.NAME;

    private static final class Choice {
      @Option(
          names = "--user",
          description = "for this user alone, in the user's Jupyter folder (the default)")
      @SuppressWarnings("UnusedVariable") // what is done when nothing is said
      private boolean user;

      @Option(names = "--system", description = "for all users of this machine")
      private boolean system;

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

    /** The place; what is wrong with the words is wrong usage. */
    Installation installation(CommandSpec spec) {
      try {
        return new Installation(kernels(JupyterPaths.here()), name);
      } catch (NoEnvironment | IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }

    private Path kernels(JupyterPaths paths) throws NoEnvironment {
      if (choice.prefix != null) {
        return JupyterPaths.below(choice.prefix);
      }
      if (choice.sysPrefix) {
        return JupyterPaths.below(paths.activeEnvironment().orElseThrow(NoEnvironment::new));
      }
      return choice.system ? paths.allUsers() : paths.user();
    }
  }

  /** {@code --sys-prefix} outside of an environment. */
  private static final class NoEnvironment extends Exception {
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
        "The kernel gets its own copy of all jars and the Java that runs this command.",
        "It is started once, so that its next starts are quicker."
      },
      mixinStandardHelpOptions = true)
  static final class Install implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private Place place;

    @Option(
        names = "--display-name",
        paramLabel = "TEXT",
        description = "what front ends show (${DEFAULT-VALUE})")
    private String displayName = KernelSpec.DISPLAY_NAME;

    @Option(
        names = "--jvm-arg",
        paramLabel = "OPTION",
        description = "an option for the kernel's JVM, for example --jvm-arg=-Xmx8g; repeatable")
    private List<String> jvmArgs = new ArrayList<>();

    @Option(
        names = "--env",
        paramLabel = "KEY=VALUE",
        description = "a variable the kernel starts with, for example UNROLL_THREADS=2; repeatable")
    private Map<String, String> env = new LinkedHashMap<>();

    @Override
    public Integer call() throws InstallException {
      Installation installation = place.installation(spec);
      KernelOptions options = options();
      options.check();
      installation.install(options);
      Optional<String> slow = installation.quicken(options);
      var out = spec.commandLine().getOut();
      out.println("installed the kernel \"" + displayName + "\"");
      out.println("  in    " + installation.folder());
      out.println("  java  " + JavaProcess.java());
      slow.ifPresent(
          reason ->
              out.println("  its start will be slower than it could be, no archive: " + reason));
      return 0;
    }

    private KernelOptions options() {
      Map<Path, Path> jars = new LinkedHashMap<>(); // of those of one name, the first counts
      JavaProcess.classPath().stream()
          .filter(Files::isRegularFile)
          .filter(jar -> jar.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
          .sorted(Comparator.comparing(jar -> jar.getFileName().toString()))
          .forEach(jar -> jars.putIfAbsent(jar.getFileName(), jar));
      return new KernelOptions(
          JavaProcess.java(),
          JavaProcess.hasVector(),
          List.copyOf(jars.values()),
          jvmArgs,
          env,
          displayName);
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
      Installation installation = place.installation(spec);
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
