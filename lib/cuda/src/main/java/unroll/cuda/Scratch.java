package unroll.cuda;

import java.util.ArrayList;
import java.util.List;

/** Buffers for the length of one operation. */
final class Scratch implements AutoCloseable {

  private final Pool pool;
  private final List<Storage> taken = new ArrayList<>();

  Scratch(Pool pool) {
    this.pool = pool;
  }

  /** A buffer of so many numbers; its contents are undefined. */
  CudaBuffer take(int length) {
    Storage storage = Storage.of(pool, length);
    taken.add(storage);
    return new CudaBuffer(storage, 0, length);
  }

  /** A buffer of at least so many bytes. */
  CudaBuffer takeBytes(long bytes) {
    return take(Math.toIntExact((bytes + 3) / 4));
  }

  /** Gives all of them back; what was asked for comes first, in the device's one stream. */
  @Override
  public void close() {
    taken.forEach(Storage::release);
    taken.clear();
  }
}
