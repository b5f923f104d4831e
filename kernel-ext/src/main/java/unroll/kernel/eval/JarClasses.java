package unroll.kernel.eval;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** The classes of one jar by their packages, as the compiler wants them. */
final class JarClasses {
  private static final String ENDING = ".class";

  private final URI uri;
  private final JarFile jar;
  private final Map<String, List<String>> packages = new HashMap<>();

  /**
   * Reads the jar's table of contents, and nothing else of it.
   *
   * @throws IOException if it can't be read, or is no jar
   */
  JarClasses(Path path) throws IOException {
    uri = path.toUri();
    jar = new JarFile(new File(path.toString()), false, ZipFile.OPEN_READ, Runtime.version());
    Iterator<JarEntry> entries = jar.versionedStream().iterator();
    while (entries.hasNext()) {
      String name = entries.next().getName();
      if (name.endsWith(ENDING)) {
        int slash = name.lastIndexOf('/');
        String folder = slash < 0 ? "" : name.substring(0, slash);
        packages.computeIfAbsent(folder, unused -> new ArrayList<>()).add(name);
      }
    }
  }

  /** Adds the classes of a package, whose name has dots, to a list. */
  void addTo(List<JavaFileObject> found, String packageName) {
    for (String name : packages.getOrDefault(packageName.replace('.', '/'), List.of())) {
      try {
        found.add(new ClassFile(name, new URI(uri + "!/" + name)));
      } catch (URISyntaxException e) {
        // no name that Java code could say
      }
    }
  }

  /** One class; the compiler asks for its bytes where it needs them. */
  final class ClassFile extends SimpleJavaFileObject {
    private final String name;

    private ClassFile(String name, URI place) {
      super(place, Kind.CLASS);
      this.name = name;
    }

    /** As {@code java.util.Map$Entry}. */
    String binaryName() {
      return name.substring(0, name.length() - ENDING.length()).replace('/', '.');
    }

    @Override
    public InputStream openInputStream() throws IOException {
      return jar.getInputStream(jar.getJarEntry(name));
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      String file = name.substring(name.lastIndexOf('/') + 1);
      return kind == Kind.CLASS && file.equals(simpleName + ENDING);
    }
  }

  void close() throws IOException {
    jar.close();
  }
}
