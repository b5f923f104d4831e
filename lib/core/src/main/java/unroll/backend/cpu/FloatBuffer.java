package unroll.backend.cpu;

import java.util.Objects;
import unroll.backend.Buffer;

/** A run of floats in a storage. */
record FloatBuffer(Storage storage, int offset, int length) implements Buffer {

  @Override
  public Buffer slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return new FloatBuffer(storage, offset + from, count);
  }

  /** The array to read from, at {@link #offset}. */
  float[] read() {
    return storage.read();
  }

  /** The array to write to, at {@link #offset}. */
  float[] write() {
    return storage.write();
  }
}
