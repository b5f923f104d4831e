package unroll.backend.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * The array behind a buffer and its slices, with a count of the writes to it. Weights that were
 * packed for a product are kept here and stay good until the next write.
 */
final class Storage {

  private float[] array;
  private int version;
  private final List<PackedWeights> packed = new ArrayList<>(0);

  Storage(float[] array) {
    this.array = array;
  }

  /** The array to read from. */
  float[] read() {
    if (array == null) {
      throw new IllegalStateException("cpu: a buffer was used after its release");
    }
    return array;
  }

  /** The array to write to: what was packed is out of date. */
  float[] write() {
    version++;
    return read();
  }

  /** Takes the array away, for reuse; null if that was done before. */
  float[] remove() {
    float[] removed = array;
    array = null;
    packed.clear();
    return removed;
  }

  /** The packed form of a part of this storage, packed anew if the numbers have changed. */
  float[] packed(PackedWeights.Form form, int offset, Workers workers) {
    synchronized (packed) {
      PackedWeights found = null;
      for (PackedWeights candidate : packed) {
        if (candidate.is(form, offset)) {
          found = candidate;
        }
      }
      if (found == null) {
        found = new PackedWeights(form, offset);
        packed.add(found);
      }
      return found.of(read(), version, workers);
    }
  }
}
