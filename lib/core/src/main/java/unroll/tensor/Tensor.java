package unroll.tensor;

import java.util.Arrays;
import java.util.List;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Unary;

/**
 * An immutable array of numbers with a {@link Shape}, row major, on one {@link Backend}. Operations
 * between tensors broadcast as in NumPy: axes are matched from the last, and an axis of size one is
 * repeated.
 *
 * <p>Results of operations inside a {@code Tape} live as long as the tape; {@link #keep} takes one
 * out. All others live as long as they are used.
 */
public final class Tensor {

  private final Shape shape;
  private final Backend backend;
  private final Buffer buffer;
  private final Recorder owner;
  private final boolean requiresGradient;

  private Tensor(
      Shape shape, Backend backend, Buffer buffer, Recorder owner, boolean requiresGradient) {
    this.shape = shape;
    this.backend = backend;
    this.buffer = buffer;
    this.owner = owner;
    this.requiresGradient = requiresGradient;
  }

  /**
   * A tensor of these values on the current backend, which rounds them to its precision.
   *
   * @throws IllegalArgumentException if the number of values is not that of the shape
   */
  public static Tensor of(double[] values, int... shape) {
    return of(values, Shape.of(shape), Backends.current());
  }

  /** A vector of these values on the current backend. */
  public static Tensor of(double... values) {
    return of(values, values.length);
  }

  /** A matrix of these rows on the current backend; the rows must have one length. */
  public static Tensor of(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    for (double[] row : rows) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "Tensor.of: rows must have one length, got " + columns + " and " + row.length);
      }
    }
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return of(values, rows.length, columns);
  }

  /** A tensor of these values on a given backend. */
  public static Tensor of(double[] values, Shape shape, Backend backend) {
    if (values.length != shape.length()) {
      throw new IllegalArgumentException(
          "Tensor.of: shape %s has %d elements, got %d values"
              .formatted(shape, shape.length(), values.length));
    }
    Buffer buffer = backend.allocate(shape.length());
    backend.write(values, buffer);
    return new Tensor(shape, backend, buffer, null, false);
  }

  /** A tensor over a buffer that belongs to no tape. */
  public static Tensor of(Buffer buffer, Shape shape, Backend backend) {
    return new Tensor(shape, backend, buffer, null, false);
  }

  /** A tensor with one value everywhere, on the current backend. */
  public static Tensor filled(double value, int... shape) {
    return filled(value, Shape.of(shape), Backends.current());
  }

  /** A tensor with one value everywhere, on a given backend. */
  public static Tensor filled(double value, Shape shape, Backend backend) {
    Tensor tensor = empty(shape, backend);
    backend.fill(tensor.buffer, value);
    return tensor;
  }

  /**
   * A tensor for an operation to fill: memory of the thread's tape, if it has one; its contents are
   * undefined.
   */
  public static Tensor empty(Shape shape, Backend backend) {
    Recorder owner = Recorder.current();
    Buffer buffer =
        owner == null ? backend.allocate(shape.length()) : owner.allocate(backend, shape.length());
    return new Tensor(shape, backend, buffer, owner, false);
  }

  /** The sizes of its axes. */
  public Shape shape() {
    return shape;
  }

  /** The size of an axis; -1 is the last. */
  public int size(int axis) {
    return shape.size(axis);
  }

  /** Where it lives. */
  public Backend backend() {
    return backend;
  }

  /**
   * Its memory, for operations. Only an operation that has just made the tensor may write to it.
   *
   * @throws IllegalStateException if the tape that owns the memory has been closed
   */
  public Buffer buffer() {
    if (owner != null && !owner.isOpen()) {
      throw new IllegalStateException(
          "Tensor: the tape that made this "
              + shape
              + " is closed; take it out before with keep()");
    }
    return buffer;
  }

  /** Whether a loss that depends on it has a gradient by it. */
  public boolean requiresGradient() {
    return requiresGradient;
  }

  /** The same numbers as a variable: inside a tape, gradients by it can be asked for. */
  public Tensor requiringGradient() {
    return requiresGradient ? this : new Tensor(shape, backend, buffer, owner, true);
  }

  /** The same numbers as a constant: no gradient flows through it. */
  public Tensor detach() {
    return requiresGradient ? new Tensor(shape, backend, buffer, owner, false) : this;
  }

  /** A copy that belongs to no tape. */
  public Tensor keep() {
    Buffer copy = backend.allocate(shape.length());
    backend.copy(1, shape.length(), buffer(), 0, copy, 0);
    return new Tensor(shape, backend, copy, null, false);
  }

  /** A copy on another backend, through which no gradient flows; this tensor if it lives there. */
  public Tensor to(Backend other) {
    return other == backend ? this : of(toArray(), shape, other);
  }

  /** Its numbers, row major. */
  public double[] toArray() {
    double[] values = new double[shape.length()];
    backend.read(buffer(), values);
    return values;
  }

  /**
   * The number of a tensor that has one.
   *
   * @throws IllegalStateException if it has more or fewer
   */
  public double item() {
    if (shape.length() != 1) {
      throw new IllegalStateException("item: the tensor must have one element, it is " + shape);
    }
    return toArray()[0];
  }

  // Arithmetic

  /** a + b. */
  public Tensor plus(Tensor b) {
    return elementwise(new Elementwise.Add(), b);
  }

  /** a - b. */
  public Tensor minus(Tensor b) {
    return elementwise(new Elementwise.Subtract(), b);
  }

  /** a b, element by element. */
  public Tensor times(Tensor b) {
    return elementwise(new Elementwise.Multiply(), b);
  }

  /** a / b, element by element. */
  public Tensor dividedBy(Tensor b) {
    return elementwise(new Elementwise.Divide(), b);
  }

  /** The greater of a and b, element by element; where they are equal the gradient goes to a. */
  public Tensor max(Tensor b) {
    return elementwise(new Elementwise.Maximum(), b);
  }

  /** a + number. */
  public Tensor plus(double number) {
    return Operation.apply(new Elementwise.Affine(1, number), this);
  }

  /** a - number. */
  public Tensor minus(double number) {
    return plus(-number);
  }

  /** a number. */
  public Tensor times(double number) {
    return Operation.apply(new Elementwise.Affine(number, 0), this);
  }

  /** a / number. */
  public Tensor dividedBy(double number) {
    return times(1 / number);
  }

  /** -a. */
  public Tensor negate() {
    return times(-1);
  }

  /** A function of each element. */
  public Tensor map(Unary f) {
    return Operation.apply(Elementwise.function(f), this);
  }

  /** The matrix product of [..., k] and [k, n]: [..., n]. */
  public Tensor matmul(Tensor b) {
    return Operation.apply(new MatMul(), this, b);
  }

  // Reductions

  /** The sum of all elements, a scalar. */
  public Tensor sum() {
    return reshape(shape.length()).sum(0);
  }

  /** The sum along an axis, which is left out. */
  public Tensor sum(int axis) {
    return Operation.apply(new Reductions.Sum(shape.axis(axis)), this);
  }

  /** The mean of all elements, a scalar; of none, NaN. */
  public Tensor mean() {
    return sum().dividedBy(shape.length());
  }

  /** The mean along an axis, which is left out. */
  public Tensor mean(int axis) {
    return sum(axis).dividedBy(size(axis));
  }

  /** The greatest element along an axis, which is left out, of none -∞; ties share the gradient. */
  public Tensor max(int axis) {
    return Operation.apply(new Reductions.Max(shape.axis(axis)), this);
  }

  // Shapes

  /**
   * The same elements in another shape; one size may be -1, for what is left.
   *
   * @throws IllegalArgumentException if the number of elements differs
   */
  public Tensor reshape(int... sizes) {
    Shape to = Shapes.resolve(shape, sizes);
    return to.equals(shape) ? this : Operation.apply(new Shapes.Reshape(to), this);
  }

  /** The matrix, or each of the matrices in the last two axes, with rows and columns exchanged. */
  public Tensor transpose() {
    return transpose(-2, -1);
  }

  /** Two neighbouring axes exchanged. */
  public Tensor transpose(int axis, int next) {
    return Operation.apply(Shapes.Transpose.of(shape, axis, next), this);
  }

  /** This tensor repeated to a larger shape, as in NumPy. */
  public Tensor broadcastTo(Shape to) {
    return to.equals(shape) ? this : Operation.apply(Reductions.Broadcast.of(shape, to), this);
  }

  /** The part of an axis from one index to another, which is not in it. */
  public Tensor slice(int axis, int from, int to) {
    return Operation.apply(Shapes.Slice.of(shape, shape.axis(axis), from, to), this);
  }

  /** One element of the first axis, which is left out: step t of a sequence. */
  public Tensor get(int index) {
    return slice(0, index, index + 1).reshape(shape.without(0).sizes());
  }

  /** The parts of the first axis, one tensor each: the steps of a sequence. */
  public List<Tensor> unstack() {
    return Operation.apply(new Shapes.Unstack(), List.of(this));
  }

  /**
   * Rows of this table [n, ...], one for each index: [indices, ...].
   *
   * @throws IndexOutOfBoundsException if an index is not a row
   */
  public Tensor gather(int... indices) {
    return Operation.apply(Gather.of(shape, indices), this);
  }

  private Tensor elementwise(Elementwise.Broadcasting operation, Tensor b) {
    Shape common = Shape.broadcast(shape, b.shape);
    if (common == null) {
      throw new IllegalArgumentException(
          "%s: shapes %s and %s do not broadcast".formatted(operation.name(), shape, b.shape));
    }
    return Operation.apply(operation, broadcastTo(common), b.broadcastTo(common));
  }

  // What operations and their gradients are made of, unrecorded

  Tensor zip(Binary f, Tensor b) {
    Tensor out = empty(shape, backend);
    backend.zip(f, buffer(), b.buffer(), out.buffer);
    return out;
  }

  Tensor unary(Unary f) {
    Tensor out = empty(shape, backend);
    backend.map(f, buffer(), out.buffer);
    return out;
  }

  Tensor affine(double scale, double shift) {
    Tensor out = empty(shape, backend);
    backend.affine(scale, buffer(), shift, out.buffer);
    return out;
  }

  Tensor view(Shape to) {
    return new Tensor(to, backend, buffer, owner, false);
  }

  /** Its shape, backend and first numbers. */
  @Override
  public String toString() {
    return TensorText.of(this);
  }
}
