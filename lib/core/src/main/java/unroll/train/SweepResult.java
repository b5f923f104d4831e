package unroll.train;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.LineChart;
import unroll.tensor.Generator;

/** What came of a {@link Sweep}: a training for each of its settings. */
public final class SweepResult implements Drawable {

  private final List<Sweep.Trial> trials;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private Generator.State interruptedAt;

  SweepResult(List<Sweep.Trial> trials) {
    this.trials = trials;
  }

  /**
   * Goes on after an interruption: with the training that was interrupted, then with those that
   * have not begun. What is done stays.
   */
  public SweepResult resume() {
    Generator.State before = Generator.session().state();
    try {
      for (Sweep.Trial trial : trials) {
        if (!isDone(trial)) {
          run(trial);
        }
        if (isInterrupted(trial)) {
          interruptedAt = Generator.session().state();
          break;
        }
      }
    } finally {
      Generator.session().restore(before);
    }
    return this;
  }

  private void run(Sweep.Trial trial) {
    Run begun = runs.get(trial.name());
    if (begun != null) {
      Generator.session().restore(interruptedAt);
      begun.resume();
      return;
    }
    Generator.seed(trial.seed());
    try {
      runs.put(trial.name(), trial.fit().get());
    } catch (IllegalStateException | IllegalArgumentException e) {
      failures.put(trial.name(), String.valueOf(e.getMessage()));
    }
  }

  private boolean isDone(Sweep.Trial trial) {
    boolean begun = runs.containsKey(trial.name()) && !isInterrupted(trial);
    return begun || failures.containsKey(trial.name());
  }

  private boolean isInterrupted(Sweep.Trial trial) {
    Run run = runs.get(trial.name());
    return run != null && run.status() == Run.Status.INTERRUPTED;
  }

  /** Whether all trainings have come to their end. */
  public boolean isComplete() {
    return trials.stream().allMatch(this::isDone);
  }

  /** The trainings by their names, in the order of the sweep. */
  public Map<String, Run> runs() {
    return new LinkedHashMap<>(runs);
  }

  /** The training with the lowest loss, if one completed an epoch and did not diverge. */
  public Optional<Run> best() {
    return bestName().map(runs::get);
  }

  private Optional<String> bestName() {
    return runs.keySet().stream()
        .filter(name -> runs.get(name).best().isPresent())
        .filter(name -> Verdict.of(runs.get(name)) != Verdict.DIVERGED)
        .min(java.util.Comparator.comparingDouble(this::score));
  }

  private double score(String name) {
    return runs.get(name).best().map(Epoch::score).orElse(Double.NaN);
  }

  /**
   * A row for each training: parameters, epochs, the best loss and its epoch, the gradient norm at
   * the end, and what became of it.
   */
  public Table table() {
    StringColumn name = StringColumn.create("setting");
    LongColumn parameters = LongColumn.create("parameters");
    IntColumn epochs = IntColumn.create("epochs");
    DoubleColumn loss = DoubleColumn.create("best loss");
    IntColumn epoch = IntColumn.create("in epoch");
    DoubleColumn norm = DoubleColumn.create("gradient norm");
    StringColumn verdict = StringColumn.create("verdict");
    runs.forEach(
        (key, run) -> {
          List<Epoch> history = run.history();
          name.append(key);
          parameters.append(run.model().parameterCount());
          epochs.append(history.size());
          loss.append(score(key));
          run.best().ifPresentOrElse(best -> epoch.append(best.number()), epoch::appendMissing);
          norm.append(
              history.isEmpty() ? Double.NaN : history.get(history.size() - 1).gradientNorm());
          verdict.append(Verdict.of(run).toString());
        });
    failures.forEach(
        (key, message) -> {
          name.append(key);
          parameters.appendMissing();
          epochs.append(0);
          loss.appendMissing();
          epoch.appendMissing();
          norm.appendMissing();
          verdict.append(Verdict.FAILED.toString());
        });
    DecimalFormat digits =
        new DecimalFormat("0.####E0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    loss.setPrintFormatter(digits, "");
    norm.setPrintFormatter(digits, "");
    return Table.create("sweep", name, parameters, epochs, loss, epoch, norm, verdict);
  }

  /** The loss of each training by epoch, one line each: on the validation part, if there is one. */
  public LineChart losses() {
    LineChart chart = LineChart.of("Losses", "epoch", "loss");
    for (Map.Entry<String, Run> entry : runs.entrySet()) {
      double[] scores = entry.getValue().history().stream().mapToDouble(Epoch::score).toArray();
      chart = scores.length == 0 ? chart : chart.line(entry.getKey(), scores);
    }
    return chart;
  }

  @Override
  public Figure drawing() {
    return losses();
  }

  /** Which settings converge and which do not: a line for each, the best one first. */
  @Override
  public String toString() {
    String best = bestName().map(name -> "best: " + name + "\n").orElse("");
    List<String> lines = new ArrayList<>();
    runs.forEach((name, run) -> lines.add(name + ": " + Verdict.of(run) + " (" + run + ")"));
    failures.forEach((name, message) -> lines.add(name + ": failed (" + message + ")"));
    int waiting = trials.size() - runs.size() - failures.size();
    if (waiting > 0) {
      lines.add(waiting + " of " + trials.size() + " not begun; resume() goes on");
    }
    return best + lines.stream().collect(Collectors.joining("\n"));
  }
}
