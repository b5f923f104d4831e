package unroll.backend.cpu;

import java.lang.reflect.InvocationTargetException;

/**
 * The inner loops, in one of two forms that compute the same bits: plain Java, or the JDK's Vector
 * API. The second is in a package of its own that nothing else refers to, so that a JVM without the
 * module {@code jdk.incubator.vector} never loads it.
 *
 * @param name for people: "512-bit vectors"
 * @param products products by a panel
 * @param maps elementwise functions
 * @param cells recurrent cells
 * @param rows sums
 */
public record Kernels(
    String name, ProductKernels products, MapKernels maps, CellKernels cells, RowKernels rows) {

  private static final String MODULE = "jdk.incubator.vector";

  /** What to do for the vector module, where another program than {@code java} starts the JVM. */
  private static final String ADVICE = "unroll.vector.advice";

  /** The loops in plain Java. */
  public static Kernels plain() {
    PlainMaps maps = new PlainMaps();
    return new Kernels(
        "no vectors", new PlainProducts(), maps, new PlainCells(maps), new PlainRows());
  }

  /** The fastest ones that this JVM has; says so on the error stream where the module is absent. */
  static Kernels best() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      System.err.println(
          "unroll: the plain loops of backend cpu are in use; for the fast ones, with the same"
              + " results, "
              + System.getProperty(ADVICE, "start java with --add-modules " + MODULE));
      return plain();
    }
    try {
      Class<?> vectors = Class.forName("unroll.backend.cpu.vector.VectorKernels");
      return (Kernels) vectors.getMethod("kernels").invoke(null);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("backend cpu: the vector loops do not start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("backend cpu: the vector loops are missing", e);
    }
  }
}
