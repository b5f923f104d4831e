package unroll.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import unroll.backend.Precision;
import unroll.tensor.Tensor;

/**
 * A named array of numbers as it lies in a file: row major, little endian. Its numbers are decoded
 * when they are asked for. Immutable.
 */
public final class StoredTensor {

  private final String name;
  private final DType dtype;
  private final int[] shape;
  private final byte[] data;

  /** Keeps the arrays; the caller has checked that they fit. */
  StoredTensor(String name, DType dtype, int[] shape, byte[] data) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /**
   * A tensor of single precision.
   *
   * @throws IllegalArgumentException if the shape does not have as many elements as the values
   */
  public static StoredTensor of(String name, int[] shape, float... values) {
    byte[] data = allocate(name, DType.F32, shape, values.length);
    buffer(data).asFloatBuffer().put(values);
    return new StoredTensor(name, DType.F32, shape.clone(), data);
  }

  /**
   * A tensor of double precision.
   *
   * @throws IllegalArgumentException if the shape does not have as many elements as the values
   */
  public static StoredTensor of(String name, int[] shape, double... values) {
    byte[] data = allocate(name, DType.F64, shape, values.length);
    buffer(data).asDoubleBuffer().put(values);
    return new StoredTensor(name, DType.F64, shape.clone(), data);
  }

  /**
   * A tensor of whole numbers, stored as I64.
   *
   * @throws IllegalArgumentException if the shape does not have as many elements as the values
   */
  public static StoredTensor of(String name, int[] shape, long... values) {
    byte[] data = allocate(name, DType.I64, shape, values.length);
    buffer(data).asLongBuffer().put(values);
    return new StoredTensor(name, DType.I64, shape.clone(), data);
  }

  /** A copy of a tensor, in the precision of its backend. */
  public static StoredTensor of(String name, Tensor tensor) {
    int[] shape = tensor.shape().sizes();
    double[] values = tensor.toArray();
    if (tensor.backend().precision() == Precision.FLOAT64) {
      return of(name, shape, values);
    }
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return of(name, shape, single);
  }

  /** Its name in the file. */
  public String name() {
    return name;
  }

  /** What kind of numbers the file holds. */
  public DType dtype() {
    return dtype;
  }

  /** Its dimensions; none for a single number. */
  public int[] shape() {
    return shape.clone();
  }

  /** How many numbers it has. */
  public int size() {
    return data.length / dtype.bytes();
  }

  /** Its numbers in double precision; only I64 beyond 2⁵³ is rounded. */
  public double[] doubles() {
    ByteBuffer from = buffer(data);
    double[] values = new double[size()];
    Arrays.setAll(values, i -> dtype.toDouble(from, i));
    return values;
  }

  /** Its numbers in single precision; F64 and large whole numbers are rounded. */
  public float[] floats() {
    ByteBuffer from = buffer(data);
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) dtype.toDouble(from, i);
    }
    return values;
  }

  /**
   * Its whole numbers; truth values are 0 and 1.
   *
   * @throws IllegalStateException if it does not hold whole numbers
   */
  public long[] longs() {
    if (!dtype.isInteger()) {
      throw new IllegalStateException(
          "StoredTensor.longs: tensor '"
              + name
              + "' holds "
              + dtype
              + ", no whole numbers; use doubles()");
    }
    ByteBuffer from = buffer(data);
    long[] values = new long[size()];
    Arrays.setAll(values, i -> dtype.toLong(from, i));
    return values;
  }

  /** The same numbers by another name. */
  StoredTensor named(String other) {
    return new StoredTensor(other, dtype, shape, data);
  }

  /** The bytes of the file, not to be written to. */
  byte[] data() {
    return data;
  }

  /** The number of elements of a shape; throws ArithmeticException past the range of a long. */
  static long elements(int[] shape) {
    long elements = 1;
    for (int dimension : shape) {
      elements = Math.multiplyExact(elements, dimension);
    }
    return elements;
  }

  private static byte[] allocate(String name, DType dtype, int[] shape, int values) {
    Objects.requireNonNull(name, "StoredTensor.of: name");
    boolean negative = Arrays.stream(shape).anyMatch(dimension -> dimension < 0);
    if (negative || !hasElements(shape, values)) {
      throw new IllegalArgumentException(
          "StoredTensor.of: tensor '"
              + name
              + "' of shape "
              + Arrays.toString(shape)
              + " got "
              + values
              + " values");
    }
    return new byte[Math.multiplyExact(values, dtype.bytes())];
  }

  private static boolean hasElements(int[] shape, int values) {
    try {
      return elements(shape) == values;
    } catch (ArithmeticException tooMany) {
      return false;
    }
  }

  private static ByteBuffer buffer(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether name, kind, shape and every bit are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StoredTensor that
        && name.equals(that.name)
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, dtype, Arrays.hashCode(shape), Arrays.hashCode(data));
  }

  /** Name, kind and shape: {@code weight_ih_l0 F32 [28, 4]}. */
  @Override
  public String toString() {
    return name + " " + dtype + " " + Arrays.toString(shape);
  }
}
