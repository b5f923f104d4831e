package unroll.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.DeviceLostException;
import unroll.nn.Trainable;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.LineChart;
import unroll.tensor.Generator;

/**
 * A training: what it has learnt so far and how it went. It ends when its epochs are done, when the
 * validation loss has not improved for as long as its patience, when its thread is interrupted or a
 * callback stops it, or when a loss or a gradient is no longer a number; in each case the model is
 * left with the best weights so far (in its first epoch, with the latest good ones). {@link
 * #resume} goes on from where it stopped, bit for bit. It ends as well when the device that it runs
 * on is lost; {@code resume} then moves the model to another backend and goes on from the last
 * checkpoint.
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
    /** A callback stopped it. */
    STOPPED,
    /** A loss or a gradient became infinite or NaN. */
    DIVERGED,
    /** The device that it ran on has gone, and with it all that lay there. */
    DEVICE_LOST
  }

  private final MemoryNeed memory;
  private Learning learning;
  private Weights current;
  private Fastest fastest;
  private DeviceLostException lost;
  private final Monitor monitor = Monitor.session();
  private final Pace pace = new Pace();
  private final Path continued;
  private Checkpoints checkpoints;
  private Status status = Status.RUNNING;
  private boolean stopAsked;

  private Run(Objective objective, Fit fit, Fastest fastest) {
    this.fastest = fastest;
    learning = new Learning(objective, fit, Batches.of(objective));
    memory = MemoryNeed.of(learning);
    memory.check();
    current = new Weights(learning.parameters);
    checkpoints = checkpoints(fit, memory.backend());
    boolean found = checkpoints != null && checkpoints.load(learning, pace);
    continued = found ? fit.saving().file() : null;
  }

  /** Those that were asked for, or else one in memory where a device may be lost, or none. */
  private static Checkpoints checkpoints(Fit fit, Backend backend) {
    if (fit.saving() != null) {
      return new Checkpoints(fit.saving());
    }
    return backend.isDevice() ? new Checkpoints(Saving.inMemory()) : null;
  }

  /**
   * Trains until it ends, on this thread. Where the settings name a {@linkplain Fit#checkpoint
   * checkpoint} that is there already, goes on from it. Where the backend is {@code auto}, the
   * model is first moved to the one that is fastest for it.
   *
   * @throws IllegalArgumentException if there are no examples
   * @throws IllegalStateException if a step needs more memory than there is, or the checkpoint is
   *     damaged or of another training; says what to change
   */
  public static Run start(Objective objective, Fit fit) {
    Fastest fastest = Backends.isAuto() ? Fastest.choose(objective, fit) : null;
    return new Run(objective, fit, fastest).train();
  }

  /** Goes on from where it stopped, with the same settings. */
  public Run resume() {
    return resume(settings -> settings);
  }

  /**
   * Goes on from where it stopped with some settings changed: {@code run.resume(fit ->
   * fit.upTo(200))}. A training that diverged goes on from its best weights; one that lost its
   * device from its last checkpoint, on the current backend, or on {@code cpu} where that is the
   * one that was lost.
   *
   * @throws IllegalStateException if the device was lost before there was a checkpoint
   */
  public Run resume(UnaryOperator<Fit> change) {
    if (status == Status.DEVICE_LOST) {
      recover();
    }
    Fit fit = change.apply(learning.fit);
    if (status == Status.DIVERGED) {
      learning.change(fit);
      learning.startAgain();
    } else {
      learning.change(fit);
      current.restore();
    }
    checkpoints = checkpoints(fit, backend());
    return train();
  }

  /** Everything anew on another backend, then from the last checkpoint. */
  private void recover() {
    Backend other = Backends.current();
    if (other.name().equals(lost.backend())) {
      other = Backends.use("cpu");
    }
    for (Parameter parameter : learning.parameters) {
      parameter.place(new double[parameter.shape().length()], other);
    }
    Learning anew = new Learning(learning.objective, learning.fit, learning.batches);
    if (!checkpoints.load(anew, pace)) {
      throw new IllegalStateException(
          "Run.resume: the device was lost before there was a checkpoint; make a model anew and fit it",
          lost);
    }
    learning = anew;
    current = new Weights(learning.parameters);
    lost = null;
    status = Status.STOPPED;
  }

  private Backend backend() {
    return learning.parameters.iterator().next().backend();
  }

  private Run train() {
    status = Status.RUNNING;
    stopAsked = false;
    pace.start(progress());
    try {
      Generator.with(learning.generator, this::loop);
      if (status != Status.DIVERGED) {
        current.take();
      }
      if (!learning.history.isEmpty() || status == Status.DIVERGED) {
        learning.best.restore();
      }
    } catch (DeviceLostException e) {
      if (checkpoints == null) {
        throw e;
      }
      lost = e;
      status = Status.DEVICE_LOST;
    } catch (OutOfMemoryError e) {
      throw memory.exceeded(e);
    }
    pace.stop();
    Models.ran(model(), this);
    monitor.update(this);
    return this;
  }

  private void loop() {
    if (checkpoints != null) {
      checkpoints.begin(learning, pace);
    }
    monitor.update(this);
    while (status == Status.RUNNING) {
      if (Thread.interrupted()) {
        status = Status.INTERRUPTED;
      } else if (stopAsked) {
        status = Status.STOPPED;
      } else {
        step();
      }
    }
    if (checkpoints != null && status != Status.DIVERGED) {
      checkpoints.write(learning, pace);
    }
  }

  private void step() {
    int epochs = learning.history.size();
    long sequences = learning.sequences;
    status = learning.advance();
    if (status != Status.RUNNING) {
      return;
    }
    pace.add(learning.sequences - sequences);
    if (learning.owesValidation()) {
      return;
    }
    monitor.update(this);
    call(learning.history.size() > epochs);
    if (checkpoints != null) {
      checkpoints.afterStep(learning, pace);
    }
  }

  /** The callbacks; what they draw, the training draws all the same. */
  private void call(boolean epochEnded) {
    Generator.State drawn = learning.generator.state();
    try {
      learning.fit.callbacks().forEach(callback -> callback.afterStep(this));
      if (epochEnded) {
        learning.fit.callbacks().forEach(callback -> callback.afterEpoch(this));
      }
    } finally {
      learning.generator.restore(drawn);
    }
  }

  /** Ends the training after this step: for callbacks. {@link #resume} goes on. */
  public void stop() {
    stopAsked = true;
  }

  /** Where it stands. */
  public Status status() {
    return status;
  }

  /** Its settings. */
  public Fit fit() {
    return learning.fit;
  }

  /** What it trains. */
  public Trainable model() {
    return learning.objective.model();
  }

  /** Every epoch that was completed. */
  public List<Epoch> history() {
    return List.copyOf(learning.history);
  }

  /** The epoch whose weights the model has, if one was completed. */
  public Optional<Epoch> best() {
    return learning.best();
  }

  /** Where and why it diverged, if it did. */
  public Optional<Divergence> divergence() {
    return Optional.ofNullable(learning.divergence);
  }

  /** The loss of the device, if that ended it. */
  public Optional<DeviceLostException> deviceLost() {
    return Optional.ofNullable(lost);
  }

  /** From where it can go on after the loss of a device, in words. */
  String lastCheckpoint() {
    String where =
        checkpoints.file() == null ? "in memory" : "in " + checkpoints.file().getFileName();
    return "the checkpoint %s, after step %d".formatted(where, checkpoints.steps());
  }

  /** What {@code auto} found, if it was asked for. */
  Optional<Fastest> fastest() {
    return Optional.ofNullable(fastest);
  }

  /** The steps of the optimizer so far. */
  public long steps() {
    return learning.steps;
  }

  /** The part of its epochs that is done, from 0 to 1. */
  public double progress() {
    return learning.progress().part();
  }

  /** How long it has been training, in seconds. */
  public double seconds() {
    return pace.nanos() / 1e9;
  }

  /** Seconds to go if all its epochs are needed; NaN while it is not known. */
  public double remainingSeconds() {
    return pace.remaining(progress());
  }

  /** Training sequences a second, validation and all else included; a cut one when it has ended. */
  public double sequencesPerSecond() {
    return pace.sequencesPerSecond();
  }

  /** About how many bytes a step takes, beside the weights and the data. */
  public long stepMemory() {
    return memory.bytes();
  }

  /** The losses of every epoch as a chart, the best epoch marked. */
  public LineChart losses() {
    double[] validation = each(Epoch::validationLoss);
    LineChart chart = LineChart.of("Loss", "epoch", "loss").line("training", each(Epoch::loss));
    if (Arrays.stream(validation).anyMatch(v -> !Double.isNaN(v))) {
      chart = chart.line("validation", validation);
    }
    boolean some = learning.bestEpoch() > 0 && learning.history.size() > 1;
    return some ? chart.marker(learning.bestEpoch(), "best") : chart;
  }

  /** The mean norm of the gradients in every epoch, before they are clipped, as a chart. */
  public LineChart gradientNorms() {
    return LineChart.of("Gradient norm", "epoch", "norm").line("norm", each(Epoch::gradientNorm));
  }

  /** The learning rate at the end of every epoch as a chart. */
  public LineChart learningRates() {
    return LineChart.of("Learning rate", "epoch", "learning rate")
        .line("learning rate", each(Epoch::learningRate));
  }

  /** A number of every epoch; before the first has ended, one that is not shown. */
  private double[] each(ToDoubleFunction<Epoch> number) {
    return learning.history.isEmpty()
        ? new double[] {Double.NaN}
        : learning.history.stream().mapToDouble(number).toArray();
  }

  @Override
  public Figure drawing() {
    return losses().note(toString());
  }

  /** How it went, in a line: {@code stopped in epoch 37, step 12 of 60; best 0.213 in epoch 35}. */
  @Override
  public String toString() {
    return RunText.of(this, learning, memory, continued);
  }
}
