package unroll.backend;

import java.util.List;

/**
 * The operations that everything else is made of, over flat buffers and ints. Matrices are row
 * major. Arguments have been checked by the caller: a backend may assume that lengths fit. An
 * output buffer may be one of the inputs only where that is said.
 *
 * <p>Results go where the caller says; nothing is copied to the host but by {@link #read} and
 * {@link #sumOfSquares(Buffer)}. A backend is safe for use by several threads as long as they write
 * to different buffers.
 */
public interface Backend {

  /** Its short name, as in {@code %backend cpu}. */
  String name();

  /** What it computes with. */
  Precision precision();

  /** The device and how it is used, for people: "2 threads, 512-bit vectors". */
  String device();

  // Memory

  /**
   * A buffer of the given length; its contents are undefined.
   *
   * @throws OutOfMemoryError if there is no room; on a device of its own a {@link
   *     DeviceMemoryError}, after what is kept for reuse has been given back
   * @throws DeviceLostException if the device has gone, as any other method
   */
  Buffer allocate(int length);

  /**
   * Gives a buffer from {@link #allocate} back for reuse; nobody may use it afterwards. Throws
   * nothing, not even where the device is lost.
   */
  void release(Buffer buffer);

  /**
   * Does some work and says how many bytes of buffers it took at once, beyond those there were
   * before. What other threads do meanwhile counts too.
   */
  long peakMemory(Runnable work);

  /** How many bytes of buffers there can be: of the heap, or of a device. */
  default long memoryLimit() {
    return Runtime.getRuntime().maxMemory();
  }

  /**
   * Whether its buffers lie on a device of its own, which may be lost while the program goes on: a
   * training then keeps a copy on the host.
   */
  default boolean isDevice() {
    return false;
  }

  /** How a user gives it more of that, for messages. */
  default String moreMemory() {
    return "-Xmx";
  }

  /** Copies host numbers, rounded to this backend's precision, into all of a buffer. */
  void write(double[] from, Buffer to);

  /** Copies host numbers into all of a buffer. */
  void write(float[] from, Buffer to);

  /** Copies a buffer to the host. */
  void read(Buffer from, double[] to);

  /** Sets every element. */
  void fill(Buffer to, double value);

  /**
   * Copies {@code runs} runs of {@code length} elements: run r from {@code from[r * fromStride
   * ...]} to {@code to[r * toStride ...]}.
   */
  void copy(int runs, int length, Buffer from, int fromStride, Buffer to, int toStride);

  // Elementwise; the output may be an input

  /** out = f(x). */
  void map(Unary f, Buffer x, Buffer out);

  /** out = f(a, b). */
  void zip(Binary f, Buffer a, Buffer b, Buffer out);

  /** out = scale x + shift. */
  void affine(double scale, Buffer x, double shift, Buffer out);

  /** y += scale x. */
  void addScaled(double scale, Buffer x, Buffer y);

  // Shapes: a buffer seen as [outer, axis, inner]

  /** out[o, i] = sum over a of x[o, a, i]. */
  void sum(int outer, int axis, int inner, Buffer x, Buffer out);

  /** out[o, i] = maximum over a of x[o, a, i]; NaN where one of them is. */
  void max(int outer, int axis, int inner, Buffer x, Buffer out);

  /** out[o, a, i] = x[o, i] for every a. */
  void repeat(int outer, int axis, int inner, Buffer x, Buffer out);

  /** out[o, c, r, i] = x[o, r, c, i]. */
  void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out);

  /** out[r, :] = table[indices[r], :], rows of the given length. */
  void gather(int rowLength, Buffer table, int[] indices, Buffer out);

  /** table[indices[r], :] += rows[r, :], in ascending order of r. */
  void scatterAdd(int rowLength, Buffer rows, int[] indices, Buffer table);

  /** The sum of the squares of all elements, on the host. */
  double sumOfSquares(Buffer x);

  /** The same of several buffers; a device then waits once, not once for each. */
  default double sumOfSquares(List<Buffer> buffers) {
    double sum = 0;
    for (Buffer x : buffers) {
      sum += sumOfSquares(x);
    }
    return sum;
  }

  /** Waits until all that was asked for is done; at once where every method waits by itself. */
  default void finish() {}

  // Matrices

  /**
   * out = A B, or out += A B, with A [m, k] and B [k, n].
   *
   * @param transposeA a is stored as [k, m]
   * @param transposeB b is stored as [n, k]
   * @param accumulate add to what is in {@code out} [m, n]
   */
  void matmul(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer out,
      boolean accumulate);

  // Fused operations: the defaults are composed from the rest

  /** How many numbers a recurrent layer of this shape keeps for its way back. */
  default int reserveLength(Recurrence shape) {
    return ComposedRecurrence.reserveLength(shape);
  }

  /**
   * Runs a recurrent layer over a whole sequence.
   *
   * <pre>
   * RNN   h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or max(0, ...)
   * LSTM  i, f, o = sigmoid(W_ih x + b_ih + W_hh h + b_hh), g = tanh(...)
   *       c' = f c + i g,  h' = o tanh(c')
   * GRU   r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh)
   *       n = tanh(W_in x + b_in + r (W_hn h + b_hn)),  h' = (1 - z) n + z h
   * </pre>
   *
   * @param input [T, B, I]
   * @param initial the state before the first step
   * @param out where the results go
   */
  default void recurrentForward(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations out) {
    ComposedRecurrence.of(this, shape).forward(weights, input, initial, out);
  }

  /**
   * The gradients of {@link #recurrentForward}, from its own results.
   *
   * @param saved what the way forward made
   * @param gradients what comes in, and where the results go
   */
  default void recurrentBackward(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations saved,
      Recurrence.Gradients gradients) {
    ComposedRecurrence.of(this, shape).backward(weights, input, initial, saved, gradients);
  }

  /**
   * The inside of a recurrent layer, for people to look at: what {@link #recurrentForward} made, or
   * the same once more.
   *
   * @param saved what the way forward made, with its reserve
   * @param gates out: [T, B, saved H], the activations of the gates in the order of the weights (a
   *     GRU's fourth block is W_hn h + b_hn); null for a plain RNN
   * @param cells out: [T, B, H], the cell state after each step of an LSTM, otherwise null
   */
  default void recurrentGates(
      Recurrence shape,
      Recurrence.Weights weights,
      Buffer input,
      Recurrence.State initial,
      Recurrence.Activations saved,
      Buffer gates,
      Buffer cells) {
    ComposedRecurrence.of(this, shape).gates(saved, gates, cells);
  }

  /**
   * A linear layer, out = x Wᵀ + b.
   *
   * @param x [rows, inputs]
   * @param weight W, [outputs, inputs]
   * @param bias b, [outputs], or null for none
   * @param out [rows, outputs]
   */
  default void linear(
      int rows, int inputs, int outputs, Buffer x, Buffer weight, Buffer bias, Buffer out) {
    new ComposedFunctions(this).linear(rows, inputs, outputs, x, weight, bias, out);
  }

  /**
   * Softmax and its cross-entropy with one right class a row.
   *
   * <pre>
   * p[r, c] = e^logits[r, c] / sum over j of e^logits[r, j]
   * losses[r] = -ln p[r, targets[r]]
   * </pre>
   *
   * @param logits [rows, classes]
   * @param targets [rows], each from 0 to classes - 1
   * @param losses out: [rows]
   * @param probabilities out: p, [rows, classes]
   */
  default void softmaxCrossEntropy(
      int rows, int classes, Buffer logits, int[] targets, Buffer losses, Buffer probabilities) {
    new ComposedFunctions(this)
        .softmaxCrossEntropy(rows, classes, logits, targets, losses, probabilities);
  }

  /**
   * The gradient of {@link #softmaxCrossEntropy} at the logits, (p - 1[target]) g.
   *
   * @param gradient g, at the losses: [rows]
   * @param out [rows, classes]; may be {@code probabilities}
   */
  default void softmaxCrossEntropyGradient(
      int rows, int classes, Buffer probabilities, int[] targets, Buffer gradient, Buffer out) {
    new ComposedFunctions(this)
        .softmaxCrossEntropyGradient(rows, classes, probabilities, targets, gradient, out);
  }

  /**
   * Layer normalisation of each row.
   *
   * <pre>
   * scale = 1 / sqrt(variance(x) + epsilon),  normal = (x - mean(x)) scale,  out = normal w + b
   * </pre>
   *
   * @param x [rows, features]
   * @param weight w, [features]
   * @param bias b, [features]
   * @param normal out: [rows, features], kept for the way back
   * @param scale out: [rows], kept for the way back
   * @param out [rows, features]
   */
  default void layerNorm(
      int rows,
      int features,
      Buffer x,
      Buffer weight,
      Buffer bias,
      double epsilon,
      Buffer normal,
      Buffer scale,
      Buffer out) {
    new ComposedFunctions(this)
        .layerNorm(rows, features, x, weight, bias, epsilon, normal, scale, out);
  }

  /**
   * The gradients of {@link #layerNorm}; null where one is not wanted.
   *
   * @param gradient at out, [rows, features]
   * @param xGradient out: [rows, features], or null
   * @param weightGradient out: [features], or null
   * @param biasGradient out: [features], or null
   */
  default void layerNormGradient(
      int rows,
      int features,
      Buffer normal,
      Buffer scale,
      Buffer weight,
      Buffer gradient,
      Buffer xGradient,
      Buffer weightGradient,
      Buffer biasGradient) {
    new ComposedFunctions(this)
        .layerNormGradient(
            rows,
            features,
            normal,
            scale,
            weight,
            gradient,
            xGradient,
            weightGradient,
            biasGradient);
  }

  /**
   * One step of Adam on one parameter, in place.
   *
   * <pre>
   * m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g²
   * p -= rate m / (sqrt(v / correction) + epsilon)
   * </pre>
   *
   * @param rate the learning rate over 1 - beta1^t
   * @param correction 1 - beta2^t
   */
  default void adam(
      Buffer p,
      Buffer g,
      Buffer m,
      Buffer v,
      double rate,
      double beta1,
      double beta2,
      double correction,
      double epsilon) {
    Buffer t = allocate(p.length());
    affine(beta1, m, 0, m);
    addScaled(1 - beta1, g, m);
    map(Unary.SQUARE, g, t);
    affine(beta2, v, 0, v);
    addScaled(1 - beta2, t, v);
    affine(1 / correction, v, 0, t);
    map(Unary.SQRT, t, t);
    affine(1, t, epsilon, t);
    zip(Binary.DIVIDE, m, t, t);
    addScaled(-rate, t, p);
    release(t);
  }
}
