package unroll.backend.cpu;

import java.util.ArrayDeque;

/**
 * Arrays that were given back and wait for their next use. Lengths are rounded up to one of four
 * steps an octave, so that sequences of slightly different length share arrays. What would make it
 * hold more than a quarter of the heap is left to the garbage collector.
 *
 * <p>Every array has {@link #SLACK} elements more than was asked for: tiles may read, and throw
 * away, a few numbers beyond the last row.
 */
final class Workspace {

  /** How far beyond the length asked for an array may be read. */
  static final int SLACK = 8 * Panels.WIDTH;

  private static final int CLASSES = 31 * 4;

  private final ArrayDeque<float[]>[] free;
  private final long limit;
  private long held;
  private long used;
  private long peak;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Workspace(long limit) {
    this.free = new ArrayDeque[CLASSES];
    this.limit = limit;
  }

  /** An array of at least the given length and the slack; its contents are undefined. */
  float[] take(int length) {
    int index = index(length + SLACK);
    synchronized (this) {
      used += size(index);
      peak = Math.max(peak, used);
      ArrayDeque<float[]> same = free[index];
      if (same != null && !same.isEmpty()) {
        float[] array = same.pop();
        held -= array.length;
        return array;
      }
    }
    return new float[size(index)];
  }

  /** Keeps an array from {@link #take} for its next use. */
  synchronized void give(float[] array) {
    used -= array.length;
    if ((held + array.length) * Float.BYTES > limit) {
      return;
    }
    int index = index(array.length);
    if (free[index] == null) {
      free[index] = new ArrayDeque<>();
    }
    free[index].push(array);
    held += array.length;
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

  /** The number of the smallest size that is enough. */
  private static int index(int length) {
    int octave = Math.max(4, 31 - Integer.numberOfLeadingZeros(length - 1));
    int quarter = Math.max(0, (length - 1 - (1 << octave)) >> (octave - 2));
    return octave * 4 + quarter;
  }

  private static int size(int index) {
    int octave = index / 4;
    long size = (1L << octave) + ((index % 4 + 1L) << (octave - 2));
    return (int) Math.min(size, Integer.MAX_VALUE - 8);
  }
}
