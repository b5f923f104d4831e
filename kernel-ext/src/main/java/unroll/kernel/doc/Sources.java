package unroll.kernel.doc;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * Source files by the names of their classes. The JDK's are looked for in its {@code src.zip};
 * those of other classes in the folder {@code META-INF/sources} of the class path, where the
 * library's are, and in a {@code NAME-sources.jar} beside the {@code NAME.jar} that has the class.
 */
final class Sources {
  private static final String FOLDER = "META-INF/sources/";

  private final ClassLoader loader;
  private final Path jdk;

  /** Those that a loader knows, and the JDK's in a file that may be missing. */
  Sources(ClassLoader loader, Path jdk) {
    this.loader = loader;
    this.jdk = jdk;
  }

  /** The sources of the JDK that runs; not every installation has them. */
  static Path ofThisJdk() {
    return Path.of(System.getProperty("java.home"), "lib", "src.zip");
  }

  /**
   * The source of a class.
   *
   * @param module the name of its module; empty for a class of the class path
   * @param name the qualified name of a class that is in no other
   */
  Optional<String> find(String module, String name) {
    var file = name.replace('.', '/') + ".java";
    try {
      return module.isEmpty() ? onClassPath(file, name) : inZip(jdk, module + "/" + file);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private Optional<String> onClassPath(String file, String name) throws IOException {
    try (var source = loader.getResourceAsStream(FOLDER + file)) {
      if (source != null) {
        return Optional.of(read(source));
      }
    }
    var beside = sourcesJar(name);
    return beside.isEmpty() ? Optional.empty() : inZip(beside.get(), file);
  }

  private Optional<Path> sourcesJar(String name) {
    var url = loader.getResource(name.replace('.', '/') + ".class");
    if (url == null || !url.getProtocol().equals("jar") || !url.getPath().startsWith("file:")) {
      return Optional.empty();
    }
    var jar = url.getPath().substring("file:".length(), url.getPath().indexOf('!'));
    return Optional.of(new File(jar.replaceFirst("\\.jar$", "-sources.jar")).toPath());
  }

  private static Optional<String> inZip(Path zip, String entryName) throws IOException {
    if (!Files.isReadable(zip)) {
      return Optional.empty();
    }
    try (var file = new ZipFile(zip.toFile())) {
      var entry = file.getEntry(entryName);
      if (entry == null) {
        return Optional.empty();
      }
      try (var source = file.getInputStream(entry)) {
        return Optional.of(read(source));
      }
    }
  }

  private static String read(InputStream source) throws IOException {
    return new String(source.readAllBytes(), StandardCharsets.UTF_8);
  }
}
