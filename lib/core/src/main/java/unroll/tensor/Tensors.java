package unroll.tensor;

import java.util.Arrays;
import java.util.List;
import unroll.backend.Unary;

/** Functions of tensors that read well when imported statically. */
public final class Tensors {

  private Tensors() {}

  /** Zeros on the current backend. */
  public static Tensor zeros(int... shape) {
    return Tensor.filled(0, shape);
  }

  /** Ones on the current backend. */
  public static Tensor ones(int... shape) {
    return Tensor.filled(1, shape);
  }

  /** The scalar one on the current backend; it broadcasts to any shape. */
  public static Tensor one() {
    return ones();
  }

  /** 1 / (1 + e⁻ˣ). */
  public static Tensor sigmoid(Tensor x) {
    return x.map(Unary.SIGMOID);
  }

  /** tanh x. */
  public static Tensor tanh(Tensor x) {
    return x.map(Unary.TANH);
  }

  /** max(x, 0). */
  public static Tensor relu(Tensor x) {
    return x.map(Unary.RELU);
  }

  /** eˣ. */
  public static Tensor exp(Tensor x) {
    return x.map(Unary.EXP);
  }

  /** ln x. */
  public static Tensor log(Tensor x) {
    return x.map(Unary.LOG);
  }

  /** √x. */
  public static Tensor sqrt(Tensor x) {
    return x.map(Unary.SQRT);
  }

  /** x². */
  public static Tensor square(Tensor x) {
    return x.map(Unary.SQUARE);
  }

  /** |x|. */
  public static Tensor abs(Tensor x) {
    return x.map(Unary.ABS);
  }

  /** e^x over its sum along an axis: positive numbers that sum to one. */
  public static Tensor softmax(Tensor x, int axis) {
    return Operation.apply(Softmax.of(x, axis, null), x);
  }

  /**
   * Softmax along an axis of those elements whose mask is one; where it is zero the result is
   * exactly zero, and no gradient flows. A line without a one is zero everywhere.
   *
   * @param x finite numbers, the masked ones too
   * @param mask zeros and ones, shaped like x
   * @throws IllegalArgumentException if the mask's shape is another
   */
  public static Tensor softmax(Tensor x, int axis, Tensor mask) {
    return Operation.apply(Softmax.of(x, axis, mask), x, mask.detach());
  }

  /** Tensors joined along their last axis; the other axes must agree. */
  public static Tensor concat(Tensor... parts) {
    return concat(-1, List.of(parts));
  }

  /**
   * Tensors joined along an axis; the other axes must agree.
   *
   * @throws IllegalArgumentException if there are none, or the other axes differ
   */
  public static Tensor concat(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat: needs at least one tensor");
    }
    Shape first = parts.get(0).shape();
    int at = first.axis(axis);
    for (Tensor part : parts) {
      if (part.shape().rank() != first.rank()
          || !part.shape().with(at, 1).equals(first.with(at, 1))) {
        throw new IllegalArgumentException(
            "concat: %s and %s differ in more than axis %d".formatted(first, part.shape(), at));
      }
    }
    return Operation.apply(new Shapes.Concat(at), parts).get(0);
  }

  /** Tensors of one shape put together along a new first axis: the steps of a sequence. */
  public static Tensor stack(List<Tensor> parts) {
    List<Tensor> rows =
        parts.stream().map(part -> part.reshape(withFirst(1, part.shape()))).toList();
    return concat(0, rows);
  }

  private static int[] withFirst(int size, Shape shape) {
    int[] sizes = new int[shape.rank() + 1];
    sizes[0] = size;
    System.arraycopy(shape.sizes(), 0, sizes, 1, shape.rank());
    return sizes;
  }

  /**
   * The index of the greatest element of each row of a matrix; the first of equals.
   *
   * @throws IllegalArgumentException if it has no columns
   */
  public static int[] argmax(Tensor matrix) {
    if (matrix.shape().rank() < 1 || matrix.size(-1) == 0) {
      throw new IllegalArgumentException(
          "argmax: expected [..., columns] with a column at least, got " + matrix.shape());
    }
    int columns = matrix.size(-1);
    double[] values = matrix.toArray();
    int[] best = new int[values.length / columns];
    Arrays.setAll(
        best,
        row -> {
          int at = 0;
          for (int c = 1; c < columns; c++) {
            if (values[row * columns + c] > values[row * columns + at]) {
              at = c;
            }
          }
          return at;
        });
    return best;
  }
}
