package unroll.kernel.eval;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets the compiler learn its trade while nobody waits: the first completions and inspections of a
 * session take many times as long as later ones. Begins when no cell has run for a while, and stays
 * out of the way of one that comes.
 */
final class WarmUp {
  private static final long QUIET_MILLIS = 1_500;
  private static final String[] WORDS = {"Lis", "List.of(1).str", "new ArrayLis"};

  private final CellEvaluator evaluator;
  private final BooleanSupplier wanted;
  private volatile long lastUse = System.nanoTime();

  private WarmUp(CellEvaluator evaluator, BooleanSupplier wanted) {
    this.evaluator = evaluator;
    this.wanted = wanted;
  }

  /**
   * Starts to wait for a quiet moment.
   *
   * @param wanted whether the session is still open
   */
  static WarmUp start(CellEvaluator evaluator, BooleanSupplier wanted) {
    var warmUp = new WarmUp(evaluator, wanted);
    var thread = new Thread(warmUp::run, "unroll-warm-up");
    thread.setDaemon(true);
    thread.start();
    return warmUp;
  }

  /** A cell ran. */
  void used() {
    lastUse = System.nanoTime();
  }

  private void run() {
    try {
      for (var word : WORDS) {
        awaitQuiet();
        if (wanted.getAsBoolean()) {
          evaluator.complete(word, word.length());
          evaluator.inspect(word, word.length(), false);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitQuiet() throws InterruptedException {
    long quiet = TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
    long left;
    while (wanted.getAsBoolean() && (left = lastUse + quiet - System.nanoTime()) > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }
}
