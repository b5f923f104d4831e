package unroll.nd4j;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory that was given back and waits for its next use, the latest first. Lengths are rounded up
 * to one of four steps an octave, so that sequences of slightly different length share memory. What
 * would make it hold more than its limit goes back to the system.
 */
final class Pool {

  /** Makes memory of at least a length; may throw {@link OutOfMemoryError}. */
  interface Source {
    Storage allocate(int length);
  }

  private final Source source;
  private final long limit;
  private final Map<Integer, ArrayDeque<Storage>> free = new TreeMap<>();
  private long held;
  private long used;
  private long peak;

  /**
   * @param limit how many bytes it may hold for reuse
   */
  Pool(Source source, long limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Memory for at least so many floats; its contents are undefined. */
  synchronized Storage take(int length) {
    int size = size(length);
    ArrayDeque<Storage> same = free.get(size);
    Storage storage;
    if (same != null && !same.isEmpty()) {
      storage = same.pop();
      held -= storage.length();
    } else {
      storage = allocate(size);
    }
    used += storage.length();
    peak = Math.max(peak, used);
    return storage;
  }

  private Storage allocate(int size) {
    try {
      return source.allocate(size);
    } catch (OutOfMemoryError e) {
      clear();
      return source.allocate(size);
    }
  }

  /** Keeps memory for its next use, or gives it back to the system. */
  synchronized void give(Storage storage) {
    used -= storage.length();
    if ((held + storage.length()) * Float.BYTES > limit) {
      storage.close();
      return;
    }
    held += storage.length();
    free.computeIfAbsent(storage.length(), size -> new ArrayDeque<>()).push(storage);
  }

  /** Gives all that is kept back to the system. */
  synchronized void clear() {
    free.values().forEach(same -> same.forEach(Storage::close));
    free.clear();
    held = 0;
  }

  /** Bytes that some work took at once, beyond those in use before. */
  long peak(Runnable work) {
    long before;
    synchronized (this) {
      before = used;
      peak = used;
    }
    work.run();
    synchronized (this) {
      return (peak - before) * Float.BYTES;
    }
  }

  /** Bytes in use. */
  synchronized long used() {
    return used * Float.BYTES;
  }

  /** Bytes kept for reuse. */
  synchronized long held() {
    return held * Float.BYTES;
  }

  /** The smallest size that is enough: 16, 20, 24, 28, 32, 40, ... */
  static int size(int length) {
    if (length <= 16) {
      return 16;
    }
    int octave = 31 - Integer.numberOfLeadingZeros(length - 1);
    long step = 1L << (octave - 2);
    long size = (length + step - 1) / step * step;
    return (int) Math.min(size, Integer.MAX_VALUE - 8);
  }
}
