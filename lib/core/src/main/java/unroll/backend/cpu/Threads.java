package unroll.backend.cpu;

/** How many threads to use: {@code UNROLL_THREADS}, or one for each processor. */
final class Threads {

  private static final int MOST = 1024;

  private Threads() {}

  static int chosen() {
    String asked = System.getenv("UNROLL_THREADS");
    if (asked == null || asked.isBlank()) {
      return Math.min(MOST, Runtime.getRuntime().availableProcessors());
    }
    try {
      return checked(Integer.parseInt(asked.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "UNROLL_THREADS: expected a whole number from 1 to " + MOST + ", got '" + asked + "'", e);
    }
  }

  /** The number, if it is one of threads. */
  static int checked(int threads) {
    if (threads < 1 || threads > MOST) {
      throw new IllegalArgumentException(
          "threads: expected a whole number from 1 to " + MOST + ", got " + threads);
    }
    return threads;
  }
}
