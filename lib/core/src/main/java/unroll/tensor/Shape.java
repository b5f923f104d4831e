package unroll.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a tensor's axes, row major. A scalar has none. Sequences are time-major: {@code
 * [time, batch, features]}.
 */
public final class Shape {

  private final int[] sizes;
  private final int length;

  private Shape(int[] sizes) {
    this.sizes = sizes;
    long product = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException("Shape: sizes must not be negative: " + text(sizes));
      }
      product *= size;
      if (product > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("Shape: " + text(sizes) + " has too many elements");
      }
    }
    this.length = (int) product;
  }

  /**
   * A shape of these sizes; none for a scalar.
   *
   * @throws IllegalArgumentException if a size is negative, or there are 2^31 elements or more
   */
  public static Shape of(int... sizes) {
    return new Shape(sizes.clone());
  }

  /** The number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** The number of elements. */
  public int length() {
    return length;
  }

  /**
   * The size of an axis; negative numbers count from the last, which is -1.
   *
   * @throws IllegalArgumentException if there is no such axis
   */
  public int size(int axis) {
    return sizes[axis(axis)];
  }

  /** The sizes, as a new array. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** The axis as a number from 0; negative numbers count from the last. */
  int axis(int axis) {
    int index = axis < 0 ? axis + sizes.length : axis;
    if (index < 0 || index >= sizes.length) {
      throw new IllegalArgumentException("no axis " + axis + " in shape " + this);
    }
    return index;
  }

  /** The product of the sizes before an axis. */
  int outer(int axis) {
    return product(0, axis);
  }

  /** The product of the sizes after an axis. */
  int inner(int axis) {
    return product(axis + 1, sizes.length);
  }

  /** This shape with another size on one axis. */
  public Shape with(int axis, int size) {
    int[] changed = sizes.clone();
    changed[axis(axis)] = size;
    return new Shape(changed);
  }

  /** This shape without one axis. */
  Shape without(int axis) {
    int removed = axis(axis);
    return new Shape(
        IntStream.range(0, rank()).filter(i -> i != removed).map(this::size).toArray());
  }

  /** This shape with axes of size one put before it until it has the given rank. */
  Shape padded(int rank) {
    int[] longer = new int[rank];
    Arrays.fill(longer, 1);
    System.arraycopy(sizes, 0, longer, rank - sizes.length, sizes.length);
    return new Shape(longer);
  }

  /** The shape to which both broadcast, as in NumPy, or null if there is none. */
  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    Shape left = a.padded(rank);
    Shape right = b.padded(rank);
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      int x = left.sizes[i];
      int y = right.sizes[i];
      if (x != y && x != 1 && y != 1) {
        return null;
      }
      sizes[i] = x == 1 ? y : x;
    }
    return new Shape(sizes);
  }

  private int product(int from, int to) {
    int product = 1;
    for (int i = from; i < to; i++) {
      product *= sizes[i];
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** The sizes in brackets: {@code [24, 32, 1]}. */
  @Override
  public String toString() {
    return text(sizes);
  }

  private static String text(int[] sizes) {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
