package unroll.nd4j;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.DeviceMemoryError;
import unroll.backend.Precision;
import unroll.backend.Threaded;
import unroll.backend.Unary;

/**
 * Single precision on ND4J's arrays. Which device computes depends on ND4J's native library. Bits
 * may differ from run to run and with the number of threads: BLAS decides.
 */
final class Nd4jBackend implements Backend, Threaded {

  static final String NAME = "nd4j";

  private final NativeLibrary library;
  private final Pool pool;
  private final Elementwise elementwise;
  private final Shaping shaping;
  private final Adam adam;

  private Nd4jBackend(NativeLibrary library) {
    this.library = library;
    pool = new Pool(this::storage, memoryLimit() / 4);
    elementwise = new Elementwise(new Scratch(pool));
    shaping = new Shaping(pool);
    adam = new Adam(new Scratch(pool));
  }

  /**
   * Loads the native library.
   *
   * @throws IllegalStateException if it cannot be loaded, saying what to do
   */
  static Nd4jBackend open(NativeLibrary library) {
    try {
      ND4JClassLoading.setNd4jClassloaderFromClass(Nd4jBackend.class);
      Nd4j.getBackend();
    } catch (LinkageError | RuntimeException e) {
      throw new IllegalStateException(
          "backend 'nd4j' cannot load %s for %s: %s; is every jar of org.nd4j and org.bytedeco there, of versions that belong together, and (for a GPU) the CUDA toolkit it names?"
              .formatted(library.artifact(), library.platform(), reason(e)),
          e);
    }
    Nd4jBackend backend = new Nd4jBackend(library);
    String threads = System.getenv("UNROLL_THREADS");
    if (threads != null && threads.strip().matches("[0-9]{1,4}")) {
      backend.threads(Integer.parseInt(threads.strip()));
    }
    return backend;
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.toString();
  }

  private static NativeOps natives() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public String device() {
    String place =
        library.gpu()
            ? natives().getDeviceName(0)
            : threads() + (threads() == 1 ? " thread, " : " threads, ") + blas();
    return place + " (" + library.artifact() + ")";
  }

  private static String blas() {
    return switch (Nd4j.factory().blas().getBlasVendor()) {
      case OPENBLAS -> "OpenBLAS";
      case MKL -> "MKL";
      default -> "BLAS";
    };
  }

  @Override
  public int threads() {
    return natives().ompGetMaxThreads();
  }

  @Override
  public void threads(int count) {
    if (count < 1 || count > 1024) {
      throw new IllegalArgumentException("threads: must be from 1 to 1024, got " + count);
    }
    natives().setOmpNumThreads(count);
    Nd4j.getEnvironment().setMaxThreads(count);
    Nd4j.factory().blas().setMaxThreads(count);
  }

  // Memory

  @Override
  public Buffer allocate(int length) {
    return new Nd4jBuffer(new Lease(pool.take(length)), 0, length);
  }

  private Storage storage(int length) {
    try {
      return new Storage(length);
    } catch (OutOfMemoryError | RuntimeException e) {
      long bytes = (long) length * Float.BYTES;
      long size = memoryLimit();
      DeviceMemoryError error =
          new DeviceMemoryError(NAME, bytes, Math.max(0, size - pool.used() - pool.held()), size);
      error.initCause(e);
      throw error;
    }
  }

  @Override
  public void release(Buffer buffer) {
    Storage storage = at(buffer).lease().end();
    if (storage != null) {
      pool.give(storage);
    }
  }

  @Override
  public long peakMemory(Runnable work) {
    return pool.peak(work);
  }

  @Override
  public long memoryLimit() {
    if (library.gpu()) {
      return natives().getDeviceTotalMemory(0);
    }
    return Pointer.maxBytes() > 0 ? Pointer.maxBytes() : Pointer.totalPhysicalBytes();
  }

  @Override
  public boolean isDevice() {
    return library.gpu();
  }

  @Override
  public void finish() {
    Nd4j.getExecutioner().commit();
  }

  @Override
  public String moreMemory() {
    return library.gpu() ? "a larger GPU" : "-Dorg.bytedeco.javacpp.maxbytes";
  }

  @Override
  public void write(double[] from, Buffer to) {
    float[] rounded = new float[to.length()];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) from[i];
    }
    write(rounded, to);
  }

  @Override
  public void write(float[] from, Buffer to) {
    if (to.length() > 0) {
      Host.write(from, at(to));
    }
  }

  @Override
  public void read(Buffer from, double[] to) {
    if (from.length() > 0) {
      float[] values = Host.read(at(from));
      for (int i = 0; i < values.length; i++) {
        to[i] = values[i];
      }
    }
  }

  @Override
  public void fill(Buffer to, double value) {
    if (to.length() > 0) {
      at(to).vector().assign(value);
    }
  }

  @Override
  public void copy(int runs, int length, Buffer from, int fromStride, Buffer to, int toStride) {
    if (runs > 0 && length > 0) {
      shaping.copy(runs, length, at(from), fromStride, at(to), toStride);
    }
  }

  // Elementwise

  @Override
  public void map(Unary f, Buffer x, Buffer out) {
    if (out.length() > 0) {
      elementwise.map(f, at(x).vector(), at(out).vector());
    }
  }

  @Override
  public void zip(Binary f, Buffer a, Buffer b, Buffer out) {
    if (out.length() > 0) {
      elementwise.zip(f, at(a), at(b), at(out));
    }
  }

  @Override
  public void affine(double scale, Buffer x, double shift, Buffer out) {
    if (out.length() > 0) {
      Elementwise.affine(scale, at(x).vector(), shift, at(out).vector());
    }
  }

  @Override
  public void addScaled(double scale, Buffer x, Buffer y) {
    if (y.length() > 0) {
      elementwise.addScaled(scale, at(x), at(y));
    }
  }

  // Shapes

  @Override
  public void sum(int outer, int axis, int inner, Buffer x, Buffer out) {
    if (x.length() == 0) {
      fill(out, 0);
    } else {
      shaping.sum(outer, axis, inner, at(x), at(out));
    }
  }

  @Override
  public void max(int outer, int axis, int inner, Buffer x, Buffer out) {
    if (x.length() == 0) {
      fill(out, Double.NEGATIVE_INFINITY);
    } else {
      shaping.max(outer, axis, inner, at(x), at(out));
    }
  }

  @Override
  public void repeat(int outer, int axis, int inner, Buffer x, Buffer out) {
    if (out.length() > 0) {
      shaping.repeat(outer, axis, inner, at(x), at(out));
    }
  }

  @Override
  public void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out) {
    if (out.length() > 0) {
      shaping.transpose(outer, rows, columns, inner, at(x), at(out));
    }
  }

  @Override
  public void gather(int rowLength, Buffer table, int[] indices, Buffer out) {
    if (out.length() > 0) {
      shaping.gather(rowLength, at(table), indices, at(out));
    }
  }

  @Override
  public void scatterAdd(int rowLength, Buffer rows, int[] indices, Buffer table) {
    if (rows.length() > 0) {
      shaping.scatterAdd(rowLength, at(rows), indices, at(table));
    }
  }

  @Override
  public double sumOfSquares(Buffer x) {
    if (x.length() == 0) {
      return 0;
    }
    double norm = Nd4j.getBlasWrapper().level1().nrm2(at(x).vector());
    return norm * norm;
  }

  // Matrices and what is fused

  @Override
  public void matmul(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer out,
      boolean accumulate) {
    if (out.length() == 0) {
      return;
    }
    if (k > 0) {
      Products.multiply(transposeA, transposeB, m, n, k, at(a), at(b), at(out), accumulate);
    } else if (!accumulate) {
      fill(out, 0);
    }
  }

  @Override
  public void adam(
      Buffer p,
      Buffer g,
      Buffer m,
      Buffer v,
      double rate,
      double beta1,
      double beta2,
      double correction,
      double epsilon) {
    if (p.length() > 0) {
      adam.step(at(p), at(g), at(m), at(v), rate, beta1, beta2, correction, epsilon);
    }
  }

  private static Nd4jBuffer at(Buffer buffer) {
    return (Nd4jBuffer) buffer;
  }
}
