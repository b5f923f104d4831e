package unroll.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Memory for a moment. */
final class Scratch {

  private final Pool pool;

  Scratch(Pool pool) {
    this.pool = pool;
  }

  /** What is done with some memory. */
  interface Use {
    void with(INDArray vector);
  }

  void with(int length, Use use) {
    Storage storage = pool.take(length);
    try {
      use.with(storage.vector(0, length));
    } finally {
      pool.give(storage);
    }
  }
}
