package unroll.cuda;

import java.util.List;
import java.util.Objects;
import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Precision;
import unroll.backend.Recurrence;
import unroll.backend.Unary;

/**
 * Single precision on one NVIDIA GPU: products by cuBLAS, recurrent layers by cuDNN, the rest by
 * own kernels. All work is put into one stream; the host waits only where numbers come back to it,
 * in {@link #read}, {@link #sumOfSquares} and {@link #finish}.
 */
public final class CudaBackend implements Backend {

  private final Engine engine;
  private final Reductions reductions;
  private final RecurrentLayers layers;
  private final String device;
  private volatile MathMode math;

  private CudaBackend(CudaSettings settings) {
    math = settings.math();
    engine = Engine.of(settings, KernelCache.ofUser(System.getenv()));
    reductions = new Reductions(engine);
    RecurrentLayers own = new OwnLayers(this, engine);
    String noCudnn =
        settings.layers() == CudaSettings.Layers.OWN ? "not asked for" : Libraries.cudnnMissing();
    layers =
        noCudnn == null
            ? new CudnnLayers(
                engine, own, new Cudnn(engine.driver()), settings.layers(), this::math)
            : own;
    String recurrent = noCudnn == null ? Cudnn.version() : "no cuDNN (" + noCudnn + ")";
    int driver = engine.driver().version();
    device =
        "%s, CUDA %d.%d, %s"
            .formatted(engine.driver().name(), driver / 1000, driver % 1000 / 10, recurrent);
  }

  /**
   * A backend of its own.
   *
   * @throws IllegalStateException if it cannot run here, saying what to do
   */
  public static CudaBackend of(CudaSettings settings) {
    String missing = Libraries.missing(settings);
    if (missing != null) {
      throw new IllegalStateException("cuda: " + missing);
    }
    return new CudaBackend(settings);
  }

  /** How products round. */
  public MathMode math() {
    return math;
  }

  /** Chooses how products round, from the next one on. */
  public void math(MathMode mode) {
    math = Objects.requireNonNull(mode, "math");
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public String device() {
    return math == MathMode.FLOAT32 ? device : device + ", products in " + math;
  }

  @Override
  public Buffer allocate(int length) {
    return new CudaBuffer(Storage.of(engine.pool(), length), 0, length);
  }

  @Override
  public void release(Buffer buffer) {
    at(buffer).storage().release();
  }

  @Override
  public long peakMemory(Runnable work) {
    return engine.pool().peak(work);
  }

  @Override
  public long memoryLimit() {
    return engine.pool().limit();
  }

  @Override
  public boolean isDevice() {
    return true;
  }

  @Override
  public String moreMemory() {
    return "a GPU with more of it, or end what else uses this one: nvidia-smi";
  }

  @Override
  public void finish() {
    engine.driver().finish();
  }

  @Override
  public void write(double[] from, Buffer to) {
    engine
        .staging()
        .copyIn(
            to.length(),
            (bytes, first, count) -> {
              for (int i = 0; i < count; i++) {
                bytes.putFloat(4 * i, (float) from[first + i]);
              }
            },
            at(to).write());
  }

  @Override
  public void write(float[] from, Buffer to) {
    engine
        .staging()
        .copyIn(
            to.length(),
            (bytes, first, count) -> bytes.asFloatBuffer().put(from, first, count),
            at(to).write());
  }

  @Override
  public void read(Buffer from, double[] to) {
    engine
        .staging()
        .copyOut(
            at(from).read(),
            from.length(),
            (bytes, first, count) -> {
              for (int i = 0; i < count; i++) {
                to[first + i] = bytes.getFloat(4 * i);
              }
            });
  }

  @Override
  public void fill(Buffer to, double value) {
    if (to.length() > 0) {
      engine.driver().fill(at(to).write(), Float.floatToRawIntBits((float) value), to.length());
    }
  }

  @Override
  public void copy(int runs, int length, Buffer from, int fromStride, Buffer to, int toStride) {
    int n = runs * length;
    if (runs == 1 || (fromStride == length && toStride == length)) {
      if (n > 0) {
        engine.driver().copy(at(from).read(), at(to).write(), 4L * n);
      }
    } else {
      engine.kernels().each("copy_runs", n, n, length, at(from), fromStride, out(to), toStride);
    }
  }

  @Override
  public void map(Unary f, Buffer x, Buffer out) {
    int n = out.length();
    engine.kernels().each("map", n, FunctionNumber.of(f), n, at(x), out(out));
  }

  @Override
  public void zip(Binary f, Buffer a, Buffer b, Buffer out) {
    int n = out.length();
    engine.kernels().each("zip", n, FunctionNumber.of(f), n, at(a), at(b), out(out));
  }

  @Override
  public void affine(double scale, Buffer x, double shift, Buffer out) {
    int n = out.length();
    engine.kernels().each("affine", n, n, (float) scale, at(x), (float) shift, out(out));
  }

  @Override
  public void addScaled(double scale, Buffer x, Buffer y) {
    int n = y.length();
    engine.kernels().each("add_scaled", n, n, (float) scale, at(x), out(y));
  }

  @Override
  public void sum(int outer, int axis, int inner, Buffer x, Buffer out) {
    reductions.fold(false, outer, axis, inner, at(x), at(out));
  }

  @Override
  public void max(int outer, int axis, int inner, Buffer x, Buffer out) {
    reductions.fold(true, outer, axis, inner, at(x), at(out));
  }

  @Override
  public void repeat(int outer, int axis, int inner, Buffer x, Buffer out) {
    int n = outer * axis * inner;
    engine.kernels().each("repeat", n, n, axis, inner, at(x), out(out));
  }

  @Override
  public void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out) {
    int n = outer * rows * columns * inner;
    engine.kernels().each("transpose", n, n, rows, columns, inner, at(x), out(out));
  }

  @Override
  public void gather(int rowLength, Buffer table, int[] indices, Buffer out) {
    int n = indices.length * rowLength;
    try (Scratch scratch = new Scratch(engine.pool())) {
      CudaBuffer list = scratch.take(indices.length);
      engine.write(indices, list);
      engine.kernels().each("gather", n, n, rowLength, at(table), list, out(out));
    }
  }

  @Override
  public void scatterAdd(int rowLength, Buffer rows, int[] indices, Buffer table) {
    if (indices.length == 0 || rowLength == 0) {
      return;
    }
    ScatterOrder order = ScatterOrder.of(indices, table.length() / rowLength);
    int[] joined = order.joined();
    int distinct = order.targets().length;
    int n = distinct * rowLength;
    try (Scratch scratch = new Scratch(engine.pool())) {
      CudaBuffer lists = scratch.take(joined.length);
      engine.write(joined, lists);
      CudaBuffer starts = lists.part(distinct, distinct + 1);
      CudaBuffer sources = lists.part(2 * distinct + 1, indices.length);
      engine
          .kernels()
          .each("scatter_add", n, n, rowLength, at(rows), sources, starts, lists, out(table));
    }
  }

  @Override
  public double sumOfSquares(Buffer x) {
    return reductions.sumOfSquares(List.of(x));
  }

  @Override
  public double sumOfSquares(List<Buffer> buffers) {
    return reductions.sumOfSquares(buffers);
  }

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
    if (m == 0 || n == 0) {
      return;
    }
    if (k > 0) {
      engine
          .blas()
          .multiply(transposeA, transposeB, m, n, k, at(a), at(b), at(out), accumulate, math);
    } else if (!accumulate) {
      fill(out, 0);
    }
  }

  @Override
  public int reserveLength(Recurrence shape) {
    return layers.reserveLength(shape);
  }

  @Override
  public void recurrentForward(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations out) {
    layers.forward(shape, weights, at(input), initial, out);
  }

  @Override
  public void recurrentBackward(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations saved,
      Recurrence.Gradients gradients) {
    layers.backward(shape, weights, at(input), initial, saved, gradients);
  }

  @Override
  public void recurrentGates(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations saved,
      Buffer gates,
      Buffer cells) {
    layers.gates(shape, weights, at(input), initial, saved, gates, cells);
  }

  @Override
  public void softmaxCrossEntropy(
      int rows, int classes, Buffer logits, int[] targets, Buffer losses, Buffer probabilities) {
    try (Scratch scratch = new Scratch(engine.pool())) {
      CudaBuffer right = scratch.take(rows);
      engine.write(targets, right);
      engine
          .kernels()
          .rows(
              "softmax_loss",
              rows,
              classes,
              rows,
              classes,
              at(logits),
              right,
              out(losses),
              out(probabilities));
    }
  }

  @Override
  public void softmaxCrossEntropyGradient(
      int rows, int classes, Buffer probabilities, int[] targets, Buffer gradient, Buffer out) {
    int n = rows * classes;
    try (Scratch scratch = new Scratch(engine.pool())) {
      CudaBuffer right = scratch.take(rows);
      engine.write(targets, right);
      engine
          .kernels()
          .each(
              "softmax_loss_gradient",
              n,
              n,
              classes,
              at(probabilities),
              right,
              at(gradient),
              out(out));
    }
  }

  @Override
  public void layerNorm(
      int rows,
      int features,
      Buffer x,
      Buffer weight,
      Buffer bias,
      double epsilon,
      Buffer normal,
      Buffer scale,
      Buffer out) {
    engine
        .kernels()
        .rows(
            "layer_norm",
            rows,
            features,
            rows,
            features,
            at(x),
            at(weight),
            at(bias),
            (float) epsilon,
            out(normal),
            out(scale),
            out(out));
  }

  @Override
  public void layerNormGradient(
      int rows,
      int features,
      Buffer normal,
      Buffer scale,
      Buffer weight,
      Buffer gradient,
      Buffer xGradient,
      Buffer weightGradient,
      Buffer biasGradient) {
    if (biasGradient != null) {
      reductions.columns(rows, features, at(gradient), null, at(biasGradient));
    }
    if (weightGradient != null) {
      reductions.columns(rows, features, at(gradient), at(normal), at(weightGradient));
    }
    if (xGradient != null) {
      engine
          .kernels()
          .rows(
              "layer_norm_gradient",
              rows,
              features,
              rows,
              features,
              at(normal),
              at(scale),
              at(weight),
              at(gradient),
              out(xGradient));
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
    int n = p.length();
    engine
        .kernels()
        .each(
            "adam",
            n,
            n,
            out(p),
            at(g),
            out(m),
            out(v),
            (float) rate,
            (float) beta1,
            (float) (1 - beta1),
            (float) beta2,
            (float) (1 - beta2),
            (float) (1 / correction),
            (float) epsilon);
  }

  private static CudaBuffer at(Buffer buffer) {
    return CudaBuffer.of(buffer);
  }

  private static Kernels.Output out(Buffer buffer) {
    return Kernels.to(CudaBuffer.of(buffer));
  }
}
