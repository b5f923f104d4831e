package unroll.cuda;

import java.lang.ref.Cleaner;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory of the device for some numbers. It goes back to its pool when it is released, or when
 * nobody holds it any more.
 */
final class Storage {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Cleaner.Cleanable cleanable;
  private final long address;
  private final Set<Integer> spent = new HashSet<>();
  private final AtomicInteger version = new AtomicInteger();
  private volatile Packed packed;

  private Storage(Pool pool, Pool.Block block) {
    address = block.address();
    cleanable = CLEANER.register(this, () -> pool.give(block));
  }

  private Storage() {
    address = 0;
    cleanable = () -> {};
  }

  /**
   * Memory for so many numbers of 4 bytes.
   *
   * @throws unroll.backend.DeviceMemoryError if there is no room
   */
  static Storage of(Pool pool, int length) {
    return length == 0 ? new Storage() : new Storage(pool, pool.take(4L * length));
  }

  void release() {
    packed = null;
    cleanable.clean();
  }

  long address() {
    return address;
  }

  /** Says that something is about to be written. */
  void written() {
    version.incrementAndGet();
  }

  /** Another number after everything that was written. */
  int version() {
    return version.get();
  }

  /** The packed form of the weights of which this is the first, or null. */
  Packed packed() {
    return packed;
  }

  void packed(Packed other) {
    packed = other;
  }

  /**
   * Marks what a way forward kept, at an offset, as used up by a way back, or as fresh.
   *
   * @return whether it was used up before
   */
  synchronized boolean spent(int offset, boolean now) {
    return now ? !spent.add(offset) : spent.remove(offset);
  }
}
