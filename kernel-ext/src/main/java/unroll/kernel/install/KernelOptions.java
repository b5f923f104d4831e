package unroll.kernel.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an installed kernel is to be started.
 *
 * @param java the program that runs it
 * @param vector whether that Java has the module {@code jdk.incubator.vector}
 * @param jars its class path
 * @param jvmArgs more options for its JVM, for example {@code -Xmx8g}
 * @param env variables it is started with
 * @param displayName what a front end shows to choose from
 */
public record KernelOptions(
    Path java,
    boolean vector,
    List<Path> jars,
    List<String> jvmArgs,
    Map<String, String> env,
    String displayName) {

  /** Copies the lists and the map, whose order stays. */
  public KernelOptions {
    jars = List.copyOf(jars);
    jvmArgs = List.copyOf(jvmArgs);
    env = new LinkedHashMap<>(env);
  }

  /** A kernel without options of its own. */
  public static KernelOptions of(Path java, boolean vector, List<Path> jars) {
    return new KernelOptions(java, vector, jars, List.of(), Map.of(), KernelSpec.DISPLAY_NAME);
  }

  /**
   * Starts that Java with those options, and ends it at once.
   *
   * @throws InstallException if it does not start; says what it said
   */
  public void check() throws InstallException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(jvmArgs);
    command.add("-version");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(env);
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new InstallException(
            "the kernel would not start with "
                + String.join(" ", jvmArgs)
                + ": "
                + said.lines().findFirst().orElse("no word from " + java));
      }
    } catch (IOException e) {
      throw new InstallException("cannot start " + java + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstallException("interrupted", e);
    }
  }
}
