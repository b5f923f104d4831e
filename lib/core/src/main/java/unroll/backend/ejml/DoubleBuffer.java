package unroll.backend.ejml;

import java.util.Objects;
import unroll.backend.Buffer;

/** A run of doubles in an array. */
record DoubleBuffer(double[] array, int offset, int length) implements Buffer {

  @Override
  public Buffer slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return new DoubleBuffer(array, offset + from, count);
  }

  double get(int index) {
    return array[offset + index];
  }

  void set(int index, double value) {
    array[offset + index] = value;
  }
}
