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
import unroll.kernel.render.DrawableRenderer;
import unroll.train.Monitor;
import unroll.train.Run;

/**
 * Shows a training in its cell while it runs: one chart of the losses that is drawn anew in place,
 * with a bar and the time left below it. Where there is no screen it shows nothing.
 */
public final class LiveTraining implements Monitor {
  private static final long FIRST_NANOS = 1_000_000_000L;

  /** A drawing may take one part in this many of the time, unless one waits for it too long. */
  private static final int SHARE = 50;

  private static final long LAST_NANOS = 3_000_000_000L;

  /** As wide as the chart, or as there is room. */
  private static final String WIDTH = "max-width:760px;";

  private static final String LINE =
      "display:flex;justify-content:space-between;gap:24px;font-size:90%;opacity:0.75";

  private final DrawableRenderer drawings = new DrawableRenderer();
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
    if (!ended && now < state.nextAt) {
      return;
    }
    var bundle = bundle(run);
    if (state.id == null) {
      state.id = screen.get().display(bundle);
    } else {
      screen.get().updateDisplay(state.id, bundle);
    }
    long took = System.nanoTime() - now;
    state.nextAt = now + Math.min(LAST_NANOS, Math.max(FIRST_NANOS, took * SHARE));
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

  /** While it runs, a page with a bar; in the end a picture, which needs nobody's trust. */
  private MimeBundle bundle(Run run) {
    boolean running = run.status() == Run.Status.RUNNING;
    boolean empty = run.history().isEmpty();
    if (!running && !empty) {
      return drawings.render(run);
    }
    var left = running ? timeLeft(run) : "";
    var svg = empty ? "" : run.losses().svg();
    var html = svg.substring(Math.max(0, svg.indexOf("<svg")));
    html += running ? bar(run.progress()) : "";
    html += "<div style=\"" + WIDTH + LINE + "\"><span>";
    html += Html.escape(run.toString().replaceFirst("^training, ", ""));
    html += "</span><span style=\"white-space:nowrap\">" + Html.escape(left) + "</span></div>";
    return MimeBundle.html(html, left.isEmpty() ? run.toString() : run + "; " + left);
  }

  private static String bar(double progress) {
    var percent = String.format(Locale.ROOT, "%.1f", 100 * progress);
    return ("<div role=\"progressbar\" aria-valuenow=\"%s\" style=\"%smargin:8px 0 6px;height:4px;"
            + "border-radius:2px;background:rgba(128,128,128,0.25)\"><div style=\"min-width:2px;width:%s%%;"
            + "height:100%%;border-radius:2px;background:#0072b2\"></div></div>")
        .formatted(percent, WIDTH, percent);
  }

  /** Known when two epochs have been timed, or ten seconds: the first steps are slow ones. */
  private static String timeLeft(Run run) {
    double left = run.remainingSeconds();
    if (Double.isNaN(left) || (run.history().size() < 2 && run.seconds() < 10)) {
      return "";
    }
    return left < 90
        ? String.format(Locale.ROOT, "%.0f s left at most", left)
        : left < 90 * 60
            ? String.format(Locale.ROOT, "%.0f min left at most", left / 60)
            : String.format(Locale.ROOT, "%.1f h left at most", left / 3600);
  }
}
