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

  /** Gives the array back, and what was packed of it; nothing if that was done before. */
  void release(Workspace workspace) {
    if (array == null) {
      return;
    }
    workspace.give(array);
    array = null;
    packed.forEach(p -> p.release(workspace));
    packed.clear();
  }

  /** The packed form of a part of this storage, packed anew if the numbers have changed. */
  float[] packed(PackedWeights.Form form, int offset, Engine engine) {
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
      return found.of(read(), version, engine);
    }
  }
}
