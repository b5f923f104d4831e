package unroll.kernel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import unroll.kernel.display.Html;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Screen;
import unroll.kernel.eval.RunningCell;
import unroll.kernel.eval.RunningCells;
import unroll.train.Monitor;
import unroll.train.Run;

/**
 * Shows a training in its cell while it runs: one chart of the losses that is drawn anew in place,
 * with a bar and the time left below it. Where there is no screen it shows nothing.
 */
public final class LiveTraining implements Monitor {
  private static final long FIRST_NANOS = 1_000_000_000L;

  /** A drawing may take one part in this many of the time. */
  private static final int SHARE = 50;

  private final Supplier<Optional<? extends Screen>> screens;
  private final Map<Run, Shown> shown = new WeakHashMap<>();

  /** What is on show of a run. */
  private static final class Shown {
    private Screen screen;
    private String id;
    private long nextAt;
  }

  /** A cell, which a training may be resumed in another one of. */
  private record CellScreen(RunningCell cell) implements Screen {
    @Override
    public String display(MimeBundle bundle) {
      return cell.display(bundle);
    }

    @Override
    public void updateDisplay(String id, MimeBundle bundle) {
      cell.updateDisplay(id, bundle);
    }
  }

  /** Shows trainings in the cells they run in. */
  LiveTraining() {
    this(() -> RunningCells.current().map(CellScreen::new));
  }

  /** Shows trainings on the screen that is there at that time. */
  public LiveTraining(Supplier<Optional<? extends Screen>> screens) {
    this.screens = screens;
  }

  @Override
  public void update(Run run) {
    var screen = screens.get();
    if (screen.isEmpty()) {
      return;
    }
    var state = stateOf(run, screen.get());
    boolean ended = run.status() != Run.Status.RUNNING;
    long now = System.nanoTime();
    if (run.history().isEmpty() || (!ended && now < state.nextAt)) {
      return;
    }
    if (state.id == null) {
      state.id = screen.get().display(bundle(run));
    } else {
      screen.get().updateDisplay(state.id, bundle(run));
    }
    long took = System.nanoTime() - now;
    state.nextAt = now + Math.max(FIRST_NANOS, took * SHARE);
    if (ended) { // when it is resumed, it is shown anew
      forget(run);
    }
  }

  private synchronized void forget(Run run) {
    shown.remove(run);
  }

  private synchronized Shown stateOf(Run run, Screen screen) {
    var state = shown.computeIfAbsent(run, r -> new Shown());
    if (!screen.equals(state.screen)) { // new, or resumed in another cell
      state.screen = screen;
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
