package unroll.nd4j;

/** Memory from the {@link Pool} while somebody has it. */
final class Lease {

  private Storage storage;

  Lease(Storage storage) {
    this.storage = storage;
  }

  Storage storage() {
    if (storage == null) {
      throw new IllegalStateException("nd4j: a buffer was used after its release");
    }
    return storage;
  }

  /** Takes the memory out of it; null if that was done before. */
  Storage end() {
    Storage had = storage;
    storage = null;
    return had;
  }
}
