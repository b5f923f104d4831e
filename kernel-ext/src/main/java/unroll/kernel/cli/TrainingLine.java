package unroll.kernel.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;
import unroll.train.Monitor;
import unroll.train.Run;

/** Shows a training in a terminal: one line with a bar that is drawn anew until it ends. */
final class TrainingLine implements Monitor {
  private static final int BAR = 24;
  private static final long EVERY_NANOS = 100_000_000L;

  private final Terminal terminal;
  private final Supplier<PrintStream> out;
  private long nextAt;

  /** Shows nothing where the output goes into a file. */
  TrainingLine(Terminal terminal, Supplier<PrintStream> out) {
    this.terminal = terminal;
    this.out = out;
  }

  @Override
  public synchronized void update(Run run) {
    if (terminal.columns() == 0) {
      return;
    }
    boolean ended = run.status() != Run.Status.RUNNING;
    long now = System.nanoTime();
    if (!ended && now < nextAt) {
      return;
    }
    nextAt = now + EVERY_NANOS;
    var text = shortened(ended ? run.toString() : line(run));
    out.get().print("\r" + text + "\u001b[K" + (ended ? "\n" : ""));
    out.get().flush();
  }

  private String line(Run run) {
    double part = run.progress();
    int full = (int) Math.round(BAR * part);
    var bar = terminal.sign("━", "=").repeat(full) + terminal.sign("┄", "-").repeat(BAR - full);
    int epoch = Math.min(run.history().size() + 1, run.fit().epochs());
    var line =
        String.format(
            Locale.ROOT, "epoch %d/%d  %s %3.0f %%", epoch, run.fit().epochs(), bar, 100 * part);
    if (!run.history().isEmpty()) {
      var last = run.history().get(run.history().size() - 1);
      line += String.format(Locale.ROOT, "  loss %.4g", last.score());
    }
    return line + timeLeft(run.remainingSeconds());
  }

  private static String timeLeft(double seconds) {
    if (Double.isNaN(seconds)) {
      return "";
    }
    return seconds < 90
        ? String.format(Locale.ROOT, "  %.0f s left", seconds)
        : String.format(Locale.ROOT, "  %.0f min left", seconds / 60);
  }

  private String shortened(String text) {
    int width = Math.max(20, terminal.columns() - 1);
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
