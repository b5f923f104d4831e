package unroll.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import unroll.kernel.display.Html;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.eval.RunningCell;
import unroll.kernel.eval.RunningCells;
import unroll.train.Monitor;
import unroll.train.Run;

/**
 * Shows a training in its cell while it runs: one chart of the losses that is drawn anew in place,
 * with a bar and the time left below it. Outside of cells it shows nothing.
 */
final class LiveTraining implements Monitor {
  private static final long FIRST_NANOS = 1_000_000_000L;

  /** A drawing may take one part in this many of the time. */
  private static final int SHARE = 50;

  private final Map<Run, Shown> shown = new WeakHashMap<>();

  /** What is on show of a run. */
  private static final class Shown {
    private RunningCell cell;
    private String id;
    private long nextAt;
  }

  @Override
  public void update(Run run) {
    var cell = RunningCells.current();
    if (cell.isEmpty()) {
      return;
    }
    var state = stateOf(run, cell.get());
    boolean ended = run.status() != Run.Status.RUNNING;
    long now = System.nanoTime();
    if (run.history().isEmpty() || (!ended && now < state.nextAt)) {
      return;
    }
    if (state.id == null) {
      state.id = cell.get().display(bundle(run));
    } else {
      cell.get().updateDisplay(state.id, bundle(run));
    }
    long took = System.nanoTime() - now;
    state.nextAt = now + Math.max(FIRST_NANOS, took * SHARE);
  }

  private synchronized Shown stateOf(Run run, RunningCell cell) {
    var state = shown.computeIfAbsent(run, r -> new Shown());
    if (state.cell != cell) { // new, or resumed in another cell
      state.cell = cell;
      state.id = null;
      state.nextAt = System.nanoTime() + FIRST_NANOS;
    }
    return state;
  }

  private static MimeBundle bundle(Run run) {
    var svg = run.drawing().svg();
    var html = svg.substring(Math.max(0, svg.indexOf("<svg"))) + "\n<p>";
    var text = run.toString();
    if (run.status() == Run.Status.RUNNING) {
      html +=
          String.format(
              Locale.ROOT, "<progress max=\"1\" value=\"%.4f\"></progress> ", run.progress());
      text += timeLeft(run);
    }
    return MimeBundle.html(html + Html.escape(text) + "</p>", text);
  }

  private static String timeLeft(Run run) {
    double left = run.remainingSeconds();
    if (Double.isNaN(left)) {
      return "";
    }
    return left < 90
        ? String.format(Locale.ROOT, "; %.0f s left at most", left)
        : String.format(Locale.ROOT, "; %.0f min left at most", left / 60);
  }
}
