package unroll.kernel.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where Jupyter looks for kernels on this system, by the rules of {@code jupyter_core}.
 *
 * @param environment the variables of the process
 * @param system as in the property {@code os.name}
 * @param home the user's folder
 */
public record JupyterPaths(Map<String, String> environment, String system, Path home) {

  /** Copies the map. */
  public JupyterPaths {
    environment = Map.copyOf(environment);
  }

  /** The paths of this process. */
  public static JupyterPaths here() {
    Map<String, String> environment = System.getenv();
    String home = environment.getOrDefault("HOME", "");
    String system = System.getProperty("os.name");
    boolean fromProperty = home.isEmpty() || isWindows(system);
    return new JupyterPaths(
        environment, system, Path.of(fromProperty ? System.getProperty("user.home") : home));
  }

  /** The folder of kernels for this user alone. */
  public Path user() {
    return userData().resolve("kernels");
  }

  private Path userData() {
    Optional<String> chosen = variable("JUPYTER_DATA_DIR");
    if (chosen.isPresent()) {
      return Path.of(chosen.get());
    }
    if (isWindows(system)) {
      return variable("APPDATA")
          .map(folder -> Path.of(folder, "jupyter"))
          .orElse(home.resolve(".jupyter").resolve("data"));
    }
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return home.resolve("Library").resolve("Jupyter");
    }
    return variable("XDG_DATA_HOME")
        .map(Path::of)
        .orElse(home.resolve(".local").resolve("share"))
        .resolve("jupyter");
  }

  /** The folder of kernels for all users of this machine. */
  public Path allUsers() {
    return isWindows(system)
        ? Path.of(variable("PROGRAMDATA").orElse("C:\\ProgramData"), "jupyter", "kernels")
        : below(Path.of("/usr/local"));
  }

  /**
   * The folder of kernels below a prefix, for example of a virtual environment or {@code /usr}.
   *
   * @param prefix what {@code sys.prefix} says there
   */
  public static Path below(Path prefix) {
    return prefix.resolve("share").resolve("jupyter").resolve("kernels");
  }

  /** The virtual or Conda environment that is active, if one is. */
  public Optional<Path> activeEnvironment() {
    return variable("VIRTUAL_ENV").or(() -> variable("CONDA_PREFIX")).map(Path::of);
  }

  /** All folders in which a kernel may be found, the first found wins. */
  public List<Path> all() {
    List<Path> folders = new ArrayList<>();
    variable("JUPYTER_PATH")
        .ifPresent(
            path -> {
              for (String each : path.split(isWindows(system) ? ";" : ":", -1)) {
                if (!each.isBlank()) {
                  folders.add(Path.of(each, "kernels"));
                }
              }
            });
    activeEnvironment().ifPresent(prefix -> folders.add(below(prefix)));
    folders.add(user());
    if (isWindows(system)) {
      variable("PROGRAMDATA")
          .ifPresent(folder -> folders.add(Path.of(folder, "jupyter", "kernels")));
    } else {
      folders.add(below(Path.of("/usr/local")));
      folders.add(below(Path.of("/usr")));
    }
    return folders.stream().distinct().toList();
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  private static boolean isWindows(String system) {
    return system.toLowerCase(Locale.ROOT).startsWith("windows");
  }
}
