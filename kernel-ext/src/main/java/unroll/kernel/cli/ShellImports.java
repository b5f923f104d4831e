package unroll.kernel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import unroll.kernel.UnrollLibrary;

/** What a JShell of Unroll has imported from its start. */
final class ShellImports {

  /** What a terminal has in place of what the cells of a notebook show things with. */
  private static final String TERMINAL = "static unroll.kernel.cli.Shell.*";

  private ShellImports() {}

  /** Import declarations, of those packages that are there. */
  static List<String> declarations() {
    Set<String> packages = packages(JavaProcess.classPath());
    ModuleLayer.boot().modules().forEach(module -> packages.addAll(module.getPackages()));
    return Stream.concat(UnrollLibrary.importsBesideOthers().stream(), Stream.of(TERMINAL))
        .filter(name -> isThere(name, packages))
        .map(name -> "import " + name + ";")
        .toList();
  }

  private static boolean isThere(String name, Set<String> packages) {
    if (name.startsWith("static ") || !name.endsWith(".*")) {
      return true;
    }
    return packages.contains(name.substring(0, name.length() - 2));
  }

  private static Set<String> packages(List<Path> classPath) {
    Set<String> packages = new HashSet<>();
    for (Path entry : classPath) {
      try {
        if (Files.isDirectory(entry)) {
          addFolders(entry, packages);
        } else if (entry.toString().toLowerCase(Locale.ROOT).endsWith(".jar")) {
          addEntries(entry, packages);
        }
      } catch (IOException e) {
        // what cannot be read has no packages; the compiler will name it
      }
    }
    return packages;
  }

  private static void addFolders(Path root, Set<String> packages) throws IOException {
    try (var tree = Files.walk(root)) {
      tree.filter(Files::isRegularFile)
          .forEach(file -> add(root.relativize(file).toString().replace('\\', '/'), packages));
    }
  }

  private static void addEntries(Path jar, Set<String> packages) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream().forEach(entry -> add(entry.getName(), packages));
    }
  }

  private static void add(String file, Set<String> packages) {
    int slash = file.lastIndexOf('/');
    if (slash > 0 && file.endsWith(".class")) {
      packages.add(file.substring(0, slash).replace('/', '.'));
    }
  }
}
