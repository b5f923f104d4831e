package unroll.nd4j;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import unroll.backend.Buffer;

/** A run of floats in a lease of memory. */
record Nd4jBuffer(Lease lease, int offset, int length) implements Buffer {

  @Override
  public Nd4jBuffer slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return new Nd4jBuffer(lease, offset + from, count);
  }

  Storage storage() {
    return lease.storage();
  }

  INDArray vector() {
    return storage().vector(offset, length);
  }

  /** Row major, [rows, columns], one row after the other. */
  INDArray matrix(int rows, int columns) {
    return storage().matrix(offset, rows, columns, columns, 1);
  }

  /** [rows, columns] with a distance between the beginnings of rows. */
  INDArray matrix(int rows, int columns, int rowStride) {
    return storage().matrix(offset, rows, columns, rowStride, 1);
  }

  /** The same memory as {@link #matrix(int, int)}, as its transpose in column order. */
  INDArray transposed(int rows, int columns) {
    return storage().matrix(offset, columns, rows, 1, columns);
  }

  /** An array of more axes, row major. */
  INDArray array(int... shape) {
    long[] sizes = new long[shape.length];
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      sizes[i] = shape[i];
      strides[i] = stride;
      stride *= shape[i];
    }
    return storage().array(sizes, strides, offset, 'c');
  }

  /** Whether both look at some of the same numbers. */
  boolean overlaps(Nd4jBuffer other) {
    return lease == other.lease
        && offset < other.offset + other.length
        && other.offset < offset + length;
  }
}
