package unroll.kernel.eval;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * The class path as the compiler of a session sees it. The compiler's own file manager opens every
 * jar as a file system and walks through all of it before the first snippet; with the library's
 * jars, some 20,000 files, that is a good part of the wait for a first cell. This one reads each
 * jar's table of contents, which the class loader has open anyway.
 *
 * <p>It also says that there is no compiler plug-in: else each snippet would have the compiler look
 * for one in all jars.
 */
final class ClassPathFiles extends ForwardingJavaFileManager<StandardJavaFileManager>
    implements StandardJavaFileManager {
  private static final long INDEX_AFTER_MILLIS = 1500;

  private final Map<Path, Optional<JarClasses>> jars = new ConcurrentHashMap<>(); // empty: a folder
  private final CountDownLatch settled = new CountDownLatch(1);
  private final ClassLoader noPlugIns = new URLClassLoader(new URL[0], null);

  /**
   * A file manager over the JDK's own.
   *
   * @param classPath as on a command line
   */
  ClassPathFiles(StandardJavaFileManager files, String classPath) {
    super(files);
    files.handleOption("-classpath", List.of(classPath).iterator());
    var entries = classPath.split(File.pathSeparator, -1);
    var reader = new Thread(() -> List.of(entries).forEach(this::read), "unroll-class-path");
    reader.setDaemon(true);
    reader.start();
  }

  /** Ahead of the compiler, which will ask for all of them at once. */
  private void read(String entry) {
    jars.computeIfAbsent(Path.of(entry), ClassPathFiles::jar);
  }

  /**
   * The first cell is done, or a completion is wanted: JShell may begin its index of all class
   * names, for completion, which it wants to make from the first moment and which takes a core for
   * some tenths of a second.
   */
  void settled() {
    settled.countDown();
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    boolean classes = kinds.contains(JavaFileObject.Kind.CLASS) && !recurse;
    if (location != StandardLocation.CLASS_PATH || !classes) {
      return super.list(location, packageName, kinds, recurse);
    }
    var found = new ArrayList<JavaFileObject>();
    for (Path entry : fileManager.getLocationAsPaths(location)) {
      var jar = jars.computeIfAbsent(entry, ClassPathFiles::jar);
      if (jar.isPresent()) {
        jar.get().addTo(found, packageName);
      } else {
        addFrom(entry.resolve(packageName.replace('.', '/')), found);
      }
    }
    return found;
  }

  private static Optional<JarClasses> jar(Path entry) {
    try {
      return Files.isRegularFile(entry) ? Optional.of(new JarClasses(entry)) : Optional.empty();
    } catch (IOException notOne) {
      return Optional.empty();
    }
  }

  private void addFrom(Path folder, List<JavaFileObject> found) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        var classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        fileManager.getJavaFileObjectsFromPaths(classes).forEach(found::add);
      }
    }
  }

  @Override
  public String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof JarClasses.ClassFile inJar
        ? inJar.binaryName()
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    boolean inJar = a instanceof JarClasses.ClassFile || b instanceof JarClasses.ClassFile;
    return inJar ? a.equals(b) : super.isSameFile(a, b);
  }

  @Override
  public boolean hasLocation(Location location) {
    return location == StandardLocation.ANNOTATION_PROCESSOR_PATH || super.hasLocation(location);
  }

  @Override
  public ClassLoader getClassLoader(Location location) {
    return location == StandardLocation.ANNOTATION_PROCESSOR_PATH
        ? noPlugIns
        : super.getClassLoader(location);
  }

  @Override
  public void close() throws IOException {
    super.close();
    for (var jar : jars.values()) {
      if (jar.isPresent()) {
        jar.get().close();
      }
    }
  }

  // the rest goes to the JDK's own

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromFiles(
      Iterable<? extends File> files) {
    return fileManager.getJavaFileObjectsFromFiles(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(File... files) {
    return fileManager.getJavaFileObjects(files);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(Path... paths) {
    return fileManager.getJavaFileObjects(paths);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromPaths(
      Collection<? extends Path> paths) {
    return fileManager.getJavaFileObjectsFromPaths(paths);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjectsFromStrings(Iterable<String> names) {
    return fileManager.getJavaFileObjectsFromStrings(names);
  }

  @Override
  public Iterable<? extends JavaFileObject> getJavaFileObjects(String... names) {
    return fileManager.getJavaFileObjects(names);
  }

  @Override
  public void setLocation(Location location, Iterable<? extends File> path) throws IOException {
    fileManager.setLocation(location, path);
  }

  @Override
  public void setLocationFromPaths(Location location, Collection<? extends Path> paths)
      throws IOException {
    fileManager.setLocationFromPaths(location, paths);
  }

  @Override
  public void setLocationForModule(
      Location location, String moduleName, Collection<? extends Path> paths) throws IOException {
    fileManager.setLocationForModule(location, moduleName, paths);
  }

  @Override
  public Iterable<? extends File> getLocation(Location location) {
    return fileManager.getLocation(location);
  }

  @Override
  public Iterable<? extends Path> getLocationAsPaths(Location location) {
    if (location == StandardLocation.PLATFORM_CLASS_PATH) {
      awaitSettled(); // what the index begins with, on a thread of its own; nothing else asks
    }
    return fileManager.getLocationAsPaths(location);
  }

  private void awaitSettled() {
    try {
      settled.await(INDEX_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Path asPath(FileObject file) {
    return fileManager.asPath(file);
  }

  @Override
  public void setPathFactory(PathFactory factory) {
    fileManager.setPathFactory(factory);
  }
}
