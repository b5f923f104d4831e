package unroll.backend.cpu;

import java.util.Arrays;
import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Precision;
import unroll.backend.Recurrence;
import unroll.backend.Threaded;
import unroll.backend.Unary;

/**
 * Single precision on all cores. Results are the same bits for every number of threads, width of
 * vectors, operating system and JDK: a product's element is one chain of fused multiply-adds in
 * ascending order, a sum along a row goes by sixteen chains, and functions are {@link FloatMath}'s.
 */
public final class CpuBackend implements Backend, Threaded {

  /**
   * Below this many rows the packing of a layer's weights costs as much as the product; their
   * panels are kept until they change.
   */
  private static final int FEW = 16;

  private final Engine engine;
  private final Elementwise elementwise;
  private final Shapes shapes;
  private final Sequences sequences;

  /** A backend of its own. */
  public CpuBackend(Kernels kernels, int threads) {
    long limit = Runtime.getRuntime().maxMemory() / 4;
    this.engine = new Engine(kernels, new Workers(threads), new Workspace(limit));
    this.elementwise = new Elementwise(engine);
    this.shapes = new Shapes(engine);
    this.sequences = new Sequences(engine);
  }

  @Override
  public int threads() {
    return engine.workers().threads();
  }

  @Override
  public void threads(int count) {
    engine.use(new Workers(Threads.checked(count)));
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public String device() {
    int threads = engine.workers().threads();
    return threads + (threads == 1 ? " thread, " : " threads, ") + engine.kernels().name();
  }

  @Override
  public Buffer allocate(int length) {
    return new FloatBuffer(new Storage(engine.workspace().take(length)), 0, length);
  }

  @Override
  public void release(Buffer buffer) {
    at(buffer).storage().release(engine.workspace());
  }

  @Override
  public long peakMemory(Runnable work) {
    return engine.workspace().peak(work);
  }

  @Override
  public void write(double[] from, Buffer to) {
    FloatBuffer y = at(to);
    float[] array = y.write();
    for (int i = 0; i < y.length(); i++) {
      array[y.offset() + i] = (float) from[i];
    }
  }

  @Override
  public void write(float[] from, Buffer to) {
    System.arraycopy(from, 0, at(to).write(), at(to).offset(), to.length());
  }

  @Override
  public void read(Buffer from, double[] to) {
    FloatBuffer x = at(from);
    float[] array = x.read();
    for (int i = 0; i < x.length(); i++) {
      to[i] = array[x.offset() + i];
    }
  }

  @Override
  public void fill(Buffer to, double value) {
    int offset = at(to).offset();
    Arrays.fill(at(to).write(), offset, offset + to.length(), (float) value);
  }

  @Override
  public void copy(int runs, int length, Buffer from, int fromStride, Buffer to, int toStride) {
    float[] x = at(from).read();
    float[] y = at(to).write();
    for (int r = 0; r < runs; r++) {
      int source = at(from).offset() + r * fromStride;
      System.arraycopy(x, source, y, at(to).offset() + r * toStride, length);
    }
  }

  @Override
  public void map(Unary f, Buffer x, Buffer out) {
    elementwise.map(f, at(x), at(out));
  }

  @Override
  public void zip(Binary f, Buffer a, Buffer b, Buffer out) {
    elementwise.zip(f, at(a), at(b), at(out));
  }

  @Override
  public void affine(double scale, Buffer x, double shift, Buffer out) {
    elementwise.affine((float) scale, at(x), (float) shift, at(out));
  }

  @Override
  public void addScaled(double scale, Buffer x, Buffer y) {
    elementwise.addScaled((float) scale, at(x), at(y));
  }

  @Override
  public void sum(int outer, int axis, int inner, Buffer x, Buffer out) {
    shapes.sum(outer, axis, inner, at(x), at(out));
  }

  @Override
  public void max(int outer, int axis, int inner, Buffer x, Buffer out) {
    shapes.max(outer, axis, inner, at(x), at(out));
  }

  @Override
  public void repeat(int outer, int axis, int inner, Buffer x, Buffer out) {
    shapes.repeat(outer, axis, inner, at(x), at(out));
  }

  @Override
  public void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out) {
    shapes.transpose(outer, rows, columns, inner, at(x), at(out));
  }

  @Override
  public void gather(int rowLength, Buffer table, int[] indices, Buffer out) {
    shapes.gather(rowLength, at(table), indices, at(out));
  }

  @Override
  public void scatterAdd(int rowLength, Buffer rows, int[] indices, Buffer table) {
    shapes.scatterAdd(rowLength, at(rows), indices, at(table));
  }

  @Override
  public double sumOfSquares(Buffer x) {
    return elementwise.sumOfSquares(at(x));
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
    FloatBuffer start = accumulate ? at(out) : null;
    product(transposeA, transposeB, m, n, k, at(a), at(b), start, n, at(out));
  }

  @Override
  public void linear(
      int rows, int inputs, int outputs, Buffer x, Buffer weight, Buffer bias, Buffer out) {
    FloatBuffer start = bias == null ? null : at(bias);
    product(false, true, rows, outputs, inputs, at(x), at(weight), start, 0, at(out));
  }

  private void product(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      FloatBuffer a,
      FloatBuffer b,
      FloatBuffer start,
      int startStride,
      FloatBuffer out) {
    PackedWeights.Form form =
        transposeB
            ? new PackedWeights.Form(true, 1, n, k, 0)
            : new PackedWeights.Form(false, 1, k, n, 0);
    boolean keep = transposeB && m < FEW;
    float[] panels;
    if (keep) {
      panels = b.storage().packed(form, b.offset(), engine);
    } else {
      panels = engine.workspace().take(form.length());
      PackedWeights.pack(form, b.read(), b.offset(), panels, engine.workers());
    }
    float[] s = start == null ? null : start.read();
    int so = start == null ? 0 : start.offset();
    new Product(
            engine,
            transposeA,
            m,
            n,
            k,
            a.read(),
            a.offset(),
            panels,
            transposeB ? k : Panels.count(k) * Panels.WIDTH,
            s,
            so,
            startStride,
            out.write(),
            out.offset())
        .run();
    if (!keep) {
      engine.workspace().give(panels);
    }
  }

  @Override
  public int reserveLength(Recurrence shape) {
    return new SequenceLayout(shape, 0).length();
  }

  @Override
  public void recurrentForward(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations out) {
    sequences.forward(shape, weights, at(input), initial, out);
  }

  @Override
  public void recurrentBackward(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations saved,
      Recurrence.Gradients gradients) {
    sequences.backward(shape, weights, at(input), saved, gradients);
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
    sequences.gates(shape, saved, gates, cells);
  }

  @Override
  public void softmaxCrossEntropy(
      int rows, int classes, Buffer logits, int[] targets, Buffer losses, Buffer probabilities) {
    new Softmax(engine).forward(rows, classes, at(logits), targets, at(losses), at(probabilities));
  }

  @Override
  public void softmaxCrossEntropyGradient(
      int rows, int classes, Buffer probabilities, int[] targets, Buffer gradient, Buffer out) {
    new Softmax(engine).backward(rows, classes, at(probabilities), targets, at(gradient), at(out));
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
    new LayerNorm(engine)
        .forward(
            rows,
            features,
            at(x),
            at(weight),
            at(bias),
            (float) epsilon,
            at(normal),
            at(scale),
            at(out));
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
      sum(1, rows, features, gradient, biasGradient);
    }
    if (weightGradient != null) {
      Buffer product = allocate(rows * features);
      zip(Binary.MULTIPLY, gradient, normal, product);
      sum(1, rows, features, product, weightGradient);
      release(product);
    }
    if (xGradient != null) {
      new LayerNorm(engine)
          .inputGradient(
              rows, features, at(normal), at(scale), at(weight), at(gradient), at(xGradient));
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
    MapKernels.Adam settings =
        new MapKernels.Adam(
            (float) beta1,
            (float) (1 - beta1),
            (float) beta2,
            (float) (1 - beta2),
            (float) rate,
            (float) (1 / correction),
            (float) epsilon);
    elementwise.adam(at(p), at(g), at(m), at(v), settings);
  }

  private static FloatBuffer at(Buffer buffer) {
    return (FloatBuffer) buffer;
  }
}
