package unroll.kernel.cli;

import java.io.PrintWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import unroll.backend.Backends;

/** {@code --with nd4j} on any verb: an optional backend on the class path. */
final class With {

  @Option(
      names = "--with",
      scope = ScopeType.INHERIT,
      split = ",",
      paramLabel = "BACKEND",
      description =
          "an optional backend on the class path, nd4j or cuda; Maven fetches it when it is asked for first")
  private List<String> names = new ArrayList<>();

  /**
   * Adds what was asked for to the class path of JVMs that are started, and to the backends of this
   * one.
   */
  void apply(PrintWriter err) throws OptionalJarsException, InterruptedException {
    if (names.isEmpty()) {
      return;
    }
    String home = System.getProperty("unroll.home");
    if (home == null) {
      throw new OptionalJarsException(
          "--with: where Unroll was built is not known; start it by the script unroll");
    }
    OptionalJars optional = new OptionalJars(Path.of(home));
    OptionalJars.Maven maven =
        (folder, arguments, log) -> {
          err.println("unroll: fetching and building an optional backend (once for each build)");
          err.flush();
          return OptionalJars.maven().run(folder, arguments, log);
        };
    for (String name : names) {
      JavaProcess.add(optional.of(name, JavaProcess.classPath(), maven));
    }
    discover(JavaProcess.added());
  }

  /** For the verbs that compute in this JVM. The loader stays open as long as that lives. */
  @SuppressWarnings("resource")
  private static void discover(List<Path> jars) throws OptionalJarsException {
    URL[] urls = new URL[jars.size()];
    try {
      for (int i = 0; i < urls.length; i++) {
        urls[i] = jars.get(i).toUri().toURL();
      }
    } catch (MalformedURLException e) {
      throw new OptionalJarsException("--with: " + e.getMessage(), e);
    }
    Backends.discover(new URLClassLoader(urls, Backends.class.getClassLoader()));
  }
}
