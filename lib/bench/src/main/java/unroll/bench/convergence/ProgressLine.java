package unroll.bench.convergence;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a training is: in a terminal a line that redraws itself, elsewhere one every ten seconds.
 */
final class ProgressLine {

  private static final long PAUSE = 10_000_000_000L;

  private final PrintWriter out;
  private final boolean redraws = System.getProperty("unroll.terminal") != null;
  private String what = "";
  private long shown = System.nanoTime();

  ProgressLine(PrintWriter out) {
    this.out = out;
  }

  /** What is trained from now on. */
  void begin(String name) {
    what = name;
  }

  void show(int step, int steps, double value) {
    if (!redraws && System.nanoTime() - shown < PAUSE) {
      return;
    }
    shown = System.nanoTime();
    String line =
        String.format(Locale.ROOT, "%s  step %d of at most %d: %.4g", what, step, steps, value);
    out.print(redraws ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
    out.flush();
  }

  /** Takes the line away. */
  void clear() {
    if (redraws) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
