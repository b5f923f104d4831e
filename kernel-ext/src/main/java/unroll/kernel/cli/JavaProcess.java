package unroll.kernel.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.lang.module.ModuleFinder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another JVM, of the same Java and with the same class path, in which a notebook computes. */
final class JavaProcess {

  /** The module with the vector instructions, which has to be asked for. */
  static final String VECTOR = "jdk.incubator.vector";

  /** What a JVM with that module prints, and no switch prevents. */
  static final String WARNING = "WARNING: Using incubator modules: " + VECTOR;

  private JavaProcess() {}

  /** The program {@code java} that runs this JVM. */
  static Path java() {
    boolean windows = File.separatorChar == '\\';
    return Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java");
  }

  /** Has this Java the vector module? */
  static boolean hasVector() {
    return ModuleFinder.ofSystem().find(VECTOR).isPresent();
  }

  private static final List<Path> ADDED = new CopyOnWriteArrayList<>();

  /** The class path of this JVM and what was {@linkplain #add added}, its entries absolute. */
  static List<Path> classPath() {
    Stream<Path> own =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath());
    return Stream.concat(own, ADDED.stream()).toList();
  }

  /** Adds jars to the class path of the JVMs that are started from now on. */
  static void add(List<Path> jars) {
    ADDED.addAll(jars);
  }

  /** What was added. */
  static List<Path> added() {
    return List.copyOf(ADDED);
  }

  /** Against the warnings of newer JVMs of the native libraries that an optional backend loads. */
  static List<String> quiet(int java) {
    return java < 24
        ? List.of()
        : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  /** The options a computing JVM gets, the user's own ({@code UNROLL_JAVA_OPTS}) last. */
  static List<String> options() {
    List<String> options = new ArrayList<>();
    if (hasVector()) {
      options.add("--add-modules=" + VECTOR);
    }
    options.addAll(quiet(Runtime.version().feature()));
    options.add("-Djava.awt.headless=true");
    if (Runtime.version().feature() >= 23) {
      options.add(
          "--sun-misc-unsafe-memory-access=allow"); // a library's old way, of which Java warns
    }
    String own = System.getenv().getOrDefault("UNROLL_JAVA_OPTS", "").strip();
    if (!own.isEmpty()) {
      options.addAll(List.of(own.split("\\s+")));
    }
    return options;
  }

  /**
   * Runs a class and waits for its end. A piped standard input stays open as long as this JVM
   * lives, so that the other can notice when it has been left alone.
   *
   * @param folder the working directory
   * @param more options beside {@link #options}
   * @param main the class
   * @param arguments for the class
   * @param input where its standard input comes from
   * @param charset in which it writes
   * @return its exit code
   */
  static int run(
      Path folder,
      List<String> more,
      Class<?> main,
      List<String> arguments,
      ProcessBuilder.Redirect input,
      Charset charset,
      PrintWriter out,
      PrintWriter err)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.addAll(options());
    command.addAll(more);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath().stream().map(Path::toString).toList()));
    command.add(main.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectInput(input).start();
    Thread end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    try {
      Thread copyOut = copy(process.getInputStream(), charset, out, "");
      Thread copyErr = copy(process.getErrorStream(), charset, err, WARNING);
      int code = process.waitFor();
      // what the process started may keep the pipes open: don't wait for that
      copyOut.join(TimeUnit.SECONDS.toMillis(2));
      copyErr.join(TimeUnit.SECONDS.toMillis(2));
      return code;
    } finally {
      process.destroyForcibly();
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException e) {
        // this JVM is ending, and the hook runs
      }
    }
  }

  /** Copies as it comes, without the one line that says nothing to a user. */
  private static Thread copy(InputStream from, Charset charset, PrintWriter to, String without) {
    Thread thread =
        new Thread(
            () -> {
              try (Reader in = new InputStreamReader(from, charset)) {
                copyWithout(in, to, without);
              } catch (IOException e) {
                // the process has ended
              }
            },
            "output of a notebook");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  static void copyWithout(Reader in, PrintWriter to, String without) throws IOException {
    StringBuilder held = new StringBuilder();
    boolean lineStart = !without.isEmpty();
    char[] buffer = new char[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      for (int i = 0; i < n; i++) {
        char c = buffer[i];
        if (lineStart) {
          held.append(c);
          boolean end = c == '\n';
          String line = held.toString().stripTrailing();
          if (end && line.equals(without)) {
            held.setLength(0);
          } else if (end || !without.startsWith(line)) {
            to.append(held);
            held.setLength(0);
            lineStart = end;
          }
        } else {
          to.append(c);
          lineStart = c == '\n' && !without.isEmpty();
        }
      }
      if (in.ready()) {
        continue;
      }
      to.flush();
    }
    to.append(held);
    to.flush();
  }
}
