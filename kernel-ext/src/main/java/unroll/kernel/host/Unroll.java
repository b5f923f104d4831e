package unroll.kernel.host;

/**
 * What a user of another kernel calls, from a cell or from a startup script: {@code
 * unroll.kernel.host.Unroll.install();}. JJava needs no call; it finds Unroll by itself when the
 * jar is added.
 */
public final class Unroll {

  /** The entry class of a kernel, and our adapter for it, which may only be loaded beside it. */
  private enum Adapter {
    JJAVA("org.dflib.jjava.jupyter.kernel.BaseKernel", "jjava.JJavaHost"),
    IJAVA("io.github.spencerpark.ijava.IJava", "ijava.IJavaHost"),
    RAPAIO("org.rapaio.jupyter.kernel.MainApp", "rapaio.RapaioHost");

    private final String kernel;
    private final String host;

    Adapter(String kernel, String host) {
      this.kernel = kernel;
      this.host = host;
    }

    boolean isHere() {
      try {
        Class.forName(kernel, false, Unroll.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }

    /** The guest of the kernel that runs; null where the classes are there but no kernel runs. */
    Guest guest() {
      try {
        var adapter = Class.forName(Unroll.class.getPackageName() + "." + host);
        return (Guest) adapter.getMethod("guest").invoke(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Unroll: cannot reach the kernel by " + host, e);
      }
    }
  }

  private Unroll() {}

  /**
   * Loads Unroll into the kernel that runs: its imports, renderers, magics and live charts, as far
   * as the kernel has such things.
   *
   * @throws IllegalStateException if none of the known kernels runs in this JVM
   */
  public static void install() {
    var guest = guest();
    guest.load();
    guest.importLibrary();
  }

  /**
   * Removes it again: magics answer that they are not loaded, renderers step aside. Imports stay.
   *
   * @throws IllegalStateException if none of the known kernels runs in this JVM
   */
  public static void uninstall() {
    guest().unload();
  }

  private static Guest guest() {
    for (var adapter : Adapter.values()) {
      var guest = adapter.isHere() ? adapter.guest() : null;
      if (guest != null) {
        return guest;
      }
    }
    throw new IllegalStateException(
        "Unroll: found none of the kernels JJava, IJava or Rapaio in this JVM;"
            + " the kernel Java (Unroll) and ./unroll jshell have it all without a call");
  }
}
