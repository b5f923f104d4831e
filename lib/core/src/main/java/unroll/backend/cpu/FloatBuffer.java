package unroll.backend.cpu;

import java.util.Objects;
import unroll.backend.Buffer;

/** A run of floats in an array. */
record FloatBuffer(float[] array, int offset, int length) implements Buffer {

  @Override
  public Buffer slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return new FloatBuffer(array, offset + from, count);
  }
}
