package unroll.train;

/**
 * Ends a computation between two batches because its thread was interrupted: an evaluation, or the
 * validation of a training, which computes it anew when it is resumed. The thread stays
 * interrupted.
 */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoppedException(String operation) {
    super(operation + ": stopped between two batches, since its thread was interrupted");
  }

  /**
   * To be called between two batches.
   *
   * @throws StoppedException if the calling thread was interrupted
   */
  public static void check(String operation) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoppedException(operation);
    }
  }
}
