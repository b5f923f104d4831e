package unroll.kernel.eval;

/** What the user has asked of the cell that runs. */
final class Interruption {
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private long requestedAt;
  private boolean requested;
  private boolean told;
  private boolean abandon;

  /**
   * The user asks the cell to stop. When it was told that the cell still runs, and asks again, the
   * cell is to be abandoned.
   */
  synchronized void request() {
    if (!requested) {
      requested = true;
      requestedAt = System.nanoTime();
    } else if (told) {
      abandon = true;
    }
  }

  synchronized boolean requested() {
    return requested;
  }

  synchronized boolean abandon() {
    return abandon;
  }

  /** Whether the user should be told, now and only once, that the cell still runs. */
  synchronized boolean dueToTell() {
    if (requested && !told && System.nanoTime() - requestedAt > PATIENCE_NANOS) {
      told = true;
      return true;
    }
    return false;
  }
}
