package unroll.kernel.eval;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.InternalException;

/** Loads the classes of cells into this JVM, beside the library's own, with {@link SafePoints}. */
final class NotebookLoader implements LoaderDelegate {
  private final List<String> added = new CopyOnWriteArrayList<>();
  private final Loader loader = new Loader(NotebookLoader.class.getClassLoader());

  /** The loader of all cells' classes. */
  ClassLoader classLoader() {
    return loader;
  }

  /** The class path of this JVM, and what was added to it. */
  String classPath() {
    var entries = new StringJoiner(File.pathSeparator);
    entries.add(System.getProperty("java.class.path"));
    added.forEach(entries::add);
    return entries.toString();
  }

  @Override
  public void load(ClassBytecodes[] classes) throws ClassInstallException {
    for (var c : classes) {
      loader.compiled.put(c.name(), SafePoints.in(c.bytecodes()));
    }
    var loaded = new boolean[classes.length];
    for (int i = 0; i < classes.length; i++) {
      try {
        // reading its methods makes the JVM link the class now and not in the middle of a cell
        loaded[i] = loader.loadClass(classes[i].name()).getDeclaredMethods() != null;
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ClassInstallException("load: " + e, loaded);
      }
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    for (var c : classes) {
      loader.compiled.put(c.name(), SafePoints.in(c.bytecodes()));
    }
  }

  @Override
  public void addToClasspath(String path) throws InternalException {
    for (var entry : path.split(File.pathSeparator, -1)) {
      try {
        added.add(entry);
        loader.addURL(new File(entry).toURI().toURL());
      } catch (MalformedURLException e) {
        throw new InternalException(e.toString());
      }
    }
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    return loader.loadClass(name);
  }

  private static final class Loader extends URLClassLoader {
    private final Map<String, byte[]> compiled = new ConcurrentHashMap<>();

    Loader(ClassLoader parent) {
      super("notebook", new URL[0], parent);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var bytes = compiled.remove(name);
      return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    protected void addURL(URL url) {
      super.addURL(url);
    }
  }
}
