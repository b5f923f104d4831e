package unroll.kernel.cli;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars of an optional backend, {@code --with NAME}: built by Maven, which fetches what is
 * missing, when somebody asks for it first, and again after Unroll itself was built anew. What
 * Maven fetched is used where Maven keeps it; the backend's own jar is copied, so that a later
 * build does not pull it from under a notebook that runs.
 *
 * @param home the folder that Unroll was built in
 */
record OptionalJars(Path home) {

  /** Runs Maven; tests have another one. */
  interface Maven {

    /**
     * Makes a module and the list of its class path.
     *
     * @return its exit code
     */
    int run(Path home, List<String> arguments, Path log) throws IOException, InterruptedException;
  }

  /**
   * The jars that a backend adds to those that are there already.
   *
   * @param name the backend's, as its module's folder
   * @param present the class path without it
   * @throws OptionalJarsException if Maven cannot make or fetch them; says what it said
   */
  List<Path> of(String name, List<Path> present, Maven maven)
      throws OptionalJarsException, InterruptedException {
    Path module = home.resolve("lib").resolve(name);
    if (!Files.exists(module.resolve("pom.xml"))) {
      throw new OptionalJarsException(
          "--with %s: there is no %s to build it from; start Unroll by the script unroll in its own folder"
              .formatted(name, module));
    }
    Path folder = home.resolve("kernel-ext/target/with").resolve(name);
    try {
      Files.createDirectories(folder);
      try (FileChannel file =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = file.lock()) {
        String build = buildOf(home);
        Path list = folder.resolve(build + ".txt");
        if (!isWhole(list)) {
          make(name, folder, list, maven);
        }
        return read(list, present);
      }
    } catch (IOException e) {
      throw new OptionalJarsException("--with %s: %s".formatted(name, e), e);
    }
  }

  /** The name of the build that the launch script made last. */
  private static String buildOf(Path home) throws IOException {
    Path stamp = home.resolve("kernel-ext/target/unroll.built");
    return Files.exists(stamp) ? Files.readString(stamp).strip() : "unknown";
  }

  private static boolean isWhole(Path list) throws IOException {
    return Files.exists(list)
        && Files.readAllLines(list).stream().map(Path::of).allMatch(Files::exists);
  }

  private void make(String name, Path folder, Path list, Maven maven)
      throws IOException, OptionalJarsException, InterruptedException {
    Path log = folder.resolve("build.log");
    String module = "lib/" + name;
    List<String> arguments =
        List.of("-B", "-Dmaven.test.skip=true", "-pl", module, "-am", "package");
    if (maven.run(home, arguments, log) != 0) {
      throw new OptionalJarsException(
          "--with %s: Maven could not make or fetch it:%n%s%n        all of its words are in %s"
              .formatted(name, errors(log), log));
    }
    Path target = home.resolve(module).resolve("target");
    List<String> jars = new ArrayList<>();
    try (Stream<Path> made = Files.list(target)) {
      for (Path jar : made.filter(OptionalJars::isOwn).sorted().toList()) {
        String stem = list.getFileName().toString().replaceFirst("[.]txt$", "");
        Path copy = Files.createDirectories(folder.resolve(stem)).resolve(jar.getFileName());
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        jars.add(copy.toString());
      }
    }
    String classPath = Files.readString(target.resolve("class-path.txt")).strip();
    jars.addAll(List.of(classPath.split(Pattern.quote(File.pathSeparator), -1)));
    jars.removeIf(jar -> jar.isBlank() || Path.of(jar).startsWith(home.resolve("lib/core")));
    Path fresh = folder.resolve("new.txt");
    Files.write(fresh, jars);
    Files.move(fresh, list, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isOwn(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith("unroll-") && name.endsWith(".jar") && !name.endsWith("-tests.jar");
  }

  /** What Maven says went wrong, in a few lines. */
  private static String errors(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("[ERROR]"))
        .map(line -> line.substring(7).strip())
        .filter(line -> !line.isEmpty() && !line.startsWith("[Help") && !line.startsWith("->"))
        .distinct()
        .limit(6)
        .map(line -> "        " + line.substring(0, Math.min(400, line.length())))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Those that are not there under the same name, in Maven's order. */
  private static List<Path> read(Path list, List<Path> present) throws IOException {
    Set<String> there =
        present.stream().map(p -> p.getFileName().toString()).collect(Collectors.toSet());
    return Files.readAllLines(list).stream()
        .map(Path::of)
        .filter(jar -> !there.contains(jar.getFileName().toString()))
        .toList();
  }

  /** Maven as it is on the path, with the Java that runs here. */
  static Maven maven() {
    return (home, arguments, log) -> {
      List<String> command = new ArrayList<>();
      command.add(File.separatorChar == '\\' ? "mvn.cmd" : "mvn");
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      return process.waitFor();
    };
  }
}
