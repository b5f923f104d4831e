package unroll.cuda;

import java.util.Objects;
import unroll.backend.Buffer;

/** A run of floats on the device. */
record CudaBuffer(Storage storage, int offset, int length) implements Buffer {

  @Override
  public Buffer slice(int from, int count) {
    return part(from, count);
  }

  CudaBuffer part(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return new CudaBuffer(storage, offset + from, count);
  }

  /** The address to read from. */
  long read() {
    return storage.address() + 4L * offset;
  }

  /** The address to write to. */
  long write() {
    storage.written();
    return read();
  }

  static CudaBuffer of(Buffer buffer) {
    return (CudaBuffer) buffer;
  }

  /** The address to read from, or 0 for no buffer. */
  static long readOrNull(Buffer buffer) {
    return buffer == null ? 0 : of(buffer).read();
  }

  /** The address to write to, or 0 for no buffer. */
  static long writeOrNull(Buffer buffer) {
    return buffer == null ? 0 : of(buffer).write();
  }
}
