package unroll.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.optim.Adam;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.LineChart;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * A training: what it has learnt so far and how it went. It ends when its epochs are done, when the
 * validation loss has not improved for as long as its patience, when its thread is interrupted, or
 * when a loss is no longer a number; in each case the model is left with the best weights so far
 * (interrupted in its first epoch, with the latest). {@link #resume} goes on from where it stopped,
 * bit for bit.
 */
public final class Run implements Drawable {

  /** Where a training stands. */
  public enum Status {
    /** It is going on. */
    RUNNING,
    /** All its epochs are done. */
    FINISHED,
    /** The validation loss stopped improving. */
    STOPPED_EARLY,
    /** Its thread was interrupted. */
    INTERRUPTED,
    /** A loss or a gradient became infinite or NaN. */
    DIVERGED
  }

  private final Objective objective;
  private final Collection<Parameter> parameters;
  private final MemoryNeed memory;
  private final Weights best;
  private final Weights current;
  private final List<Epoch> history = new ArrayList<>();
  private final Generator generator;
  private final Monitor monitor = Monitor.session();
  private Fit fit;
  private Optimizer optimizer;
  private Status status = Status.RUNNING;

  private int[] order;
  private int position;
  private double lossSum;
  private double normSum;
  private long nanoseconds;
  private long startedAt;

  private Run(Objective objective, Fit fit) {
    this.objective = objective;
    this.fit = fit;
    parameters = objective.model().parameters().values();
    memory = MemoryNeed.of(objective, fit.batch());
    memory.check();
    best = new Weights(parameters);
    current = new Weights(parameters);
    optimizer = Adam.defaults().of(parameters, fit.learningRate());
    generator = fit.generator() == null ? Generator.session() : fit.generator();
  }

  /**
   * Trains until it ends, on this thread.
   *
   * @throws IllegalArgumentException if there are no examples
   * @throws IllegalStateException if a step needs more memory than there is; says what to lower
   */
  public static Run start(Objective objective, Fit fit) {
    if (objective.examples() < 1) {
      throw new IllegalArgumentException("fit: the training part is empty; split it later?");
    }
    return new Run(objective, fit).train();
  }

  /** Goes on from where it stopped, with the same settings. */
  public Run resume() {
    return resume(settings -> settings);
  }

  /**
   * Goes on from where it stopped with some settings changed: {@code run.resume(fit ->
   * fit.upTo(200))}. A training that diverged goes on from its best weights.
   */
  public Run resume(UnaryOperator<Fit> change) {
    fit = change.apply(fit);
    if (status == Status.DIVERGED) {
      optimizer = Adam.defaults().of(parameters, fit.learningRate());
      order = null;
    } else {
      current.restore();
      optimizer.learningRate(fit.learningRate());
    }
    return train();
  }

  private Run train() {
    startedAt = System.nanoTime();
    status = Status.RUNNING;
    monitor.update(this);
    while (status == Status.RUNNING) {
      status = Thread.interrupted() ? Status.INTERRUPTED : advance();
      if (status == Status.RUNNING) {
        monitor.update(this);
      }
    }
    if (status != Status.DIVERGED) {
      current.take();
    }
    if (!history.isEmpty() || status == Status.DIVERGED) {
      best.restore();
    }
    nanoseconds += System.nanoTime() - startedAt;
    Models.ran(objective.model(), this);
    monitor.update(this);
    return this;
  }

  private Status advance() {
    if (order == null) {
      if (history.size() >= fit.epochs()) {
        return Status.FINISHED;
      }
      if (history.size() - bestEpoch() >= fit.patience()) {
        return Status.STOPPED_EARLY;
      }
      order = generator.permutation(objective.examples());
      position = 0;
      lossSum = 0;
      normSum = 0;
    }
    if (!step()) {
      return Status.DIVERGED;
    }
    if (position == order.length) {
      endEpoch();
    }
    return Status.RUNNING;
  }

  /** One step; false if it would have led into the void. */
  private boolean step() {
    int to = Math.min(position + fit.batch(), order.length);
    int[] examples = Arrays.copyOfRange(order, position, to);
    try (Tape tape = Tape.open()) {
      Tensor loss = objective.loss(examples);
      double value = loss.item();
      Gradients gradients = tape.backward(loss);
      double norm = Clip.globalNorm(parameters, gradients);
      if (!Double.isFinite(value) || !Double.isFinite(norm)) {
        return false;
      }
      optimizer.step(gradients, Clip.scale(norm, fit.clip()));
      lossSum += value * examples.length;
      normSum += norm * examples.length;
    }
    position = to;
    return true;
  }

  private void endEpoch() {
    double validation = objective.validationLoss();
    int n = order.length;
    Epoch epoch = new Epoch(history.size() + 1, lossSum / n, validation, normSum / n);
    boolean better = best().map(b -> epoch.score() < b.score()).orElse(true);
    history.add(epoch);
    if (better) {
      best.take();
    }
    order = null;
  }

  /** Where it stands. */
  public Status status() {
    return status;
  }

  /** Its settings. */
  public Fit fit() {
    return fit;
  }

  /** Every epoch that was completed. */
  public List<Epoch> history() {
    return List.copyOf(history);
  }

  /** The epoch whose weights the model has, if one was completed. */
  public Optional<Epoch> best() {
    return history.stream().min(Comparator.comparingDouble(Epoch::score));
  }

  private int bestEpoch() {
    return best().map(Epoch::number).orElse(0);
  }

  /** The part of its epochs that is done, from 0 to 1. */
  public double progress() {
    double part = order == null ? 0 : (double) position / order.length;
    return (history.size() + part) / fit.epochs();
  }

  /** How long it has been training. */
  public double seconds() {
    long running = status == Status.RUNNING ? System.nanoTime() - startedAt : 0;
    return (nanoseconds + running) / 1e9;
  }

  /** About how many bytes a step takes, beside the weights and the data. */
  public long stepMemory() {
    return memory.bytes();
  }

  /** The losses of every epoch as a chart, the best epoch marked. */
  public LineChart losses() {
    double[] training = history.stream().mapToDouble(Epoch::loss).toArray();
    double[] validation = history.stream().mapToDouble(Epoch::validationLoss).toArray();
    LineChart chart = LineChart.of("Loss", "epoch", "loss").line("training", training);
    if (Arrays.stream(validation).anyMatch(v -> !Double.isNaN(v))) {
      chart = chart.line("validation", validation);
    }
    int epoch = bestEpoch();
    return epoch == 0 ? chart : chart.marker(epoch, "best");
  }

  @Override
  public Figure drawing() {
    return losses();
  }

  /** How it went, in a line: {@code stopped in epoch 37, step 12 of 60; best 0.213 in epoch 35}. */
  @Override
  public String toString() {
    int steps = (objective.examples() + fit.batch() - 1) / fit.batch();
    int epoch = Math.min(history.size() + 1, fit.epochs());
    int step = order == null ? 0 : position / fit.batch();
    String where = "epoch " + epoch + ", step " + step + " of " + steps;
    String head =
        switch (status) {
          case RUNNING -> "training, " + where + ", " + memory + " a step";
          case FINISHED -> "finished after " + history.size() + " epochs";
          case STOPPED_EARLY ->
              "stopped early after %d epochs, %d without improvement"
                  .formatted(history.size(), history.size() - bestEpoch());
          case INTERRUPTED -> "stopped in " + where;
          case DIVERGED ->
              "diverged in "
                  + where
                  + ": loss or gradient is no longer a number; lower the learning rate or clip";
        };
    return best()
        .map(b -> "%s; best %s in epoch %d".formatted(head, text(b.score()), b.number()))
        .orElse(head + "; no epoch completed");
  }

  private static String text(double loss) {
    return String.format(Locale.ROOT, "%.4g", loss);
  }
}
