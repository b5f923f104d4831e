package unroll.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import unroll.optim.Adam;
import unroll.optim.Averaging;
import unroll.optim.OptimizerFactory;
import unroll.optim.Schedule;
import unroll.tensor.Generator;

/**
 * Settings of a training, for example {@code
 * Fit.epochs(80).learningRate(3e-3).clip(1).patience(10)}. Immutable: each method gives new
 * settings.
 */
public final class Fit {

  private int epochs;
  private int batch = 32;
  private int accumulate = 1;
  private int truncate = Integer.MAX_VALUE;
  private double learningRate = 1e-3;
  private OptimizerFactory optimizer = Adam.defaults();
  private Schedule schedule = Schedule.constant();
  private double clip = Double.POSITIVE_INFINITY;
  private double clipValue = Double.POSITIVE_INFINITY;
  private int patience = Integer.MAX_VALUE;
  private Averaging averaging;
  private int averageFrom = 1;
  private Generator generator;
  private Saving saving;
  private List<Callback> callbacks = List.of();

  private Fit() {}

  private Fit with(Consumer<Fit> change) {
    Fit other = new Fit();
    other.epochs = epochs;
    other.batch = batch;
    other.accumulate = accumulate;
    other.truncate = truncate;
    other.learningRate = learningRate;
    other.optimizer = optimizer;
    other.schedule = schedule;
    other.clip = clip;
    other.clipValue = clipValue;
    other.patience = patience;
    other.averaging = averaging;
    other.averageFrom = averageFrom;
    other.generator = generator;
    other.saving = saving;
    other.callbacks = callbacks;
    change.accept(other);
    return other;
  }

  /** The defaults, for at most so many passes through the training part. */
  public static Fit epochs(int epochs) {
    return new Fit().upTo(epochs);
  }

  /** The same settings up to another epoch. */
  public Fit upTo(int otherEpochs) {
    require(otherEpochs >= 1, "epochs must be at least 1", otherEpochs);
    return with(fit -> fit.epochs = otherEpochs);
  }

  /** So many examples at a time; the default is 32. */
  public Fit batch(int examples) {
    require(examples >= 1, "batch must be at least 1", examples);
    return with(fit -> fit.batch = examples);
  }

  /**
   * A step of the optimizer from the gradients of so many batches, one after the other: the step of
   * a batch that many times larger, in the memory of one. The default is 1.
   */
  public Fit accumulate(int batches) {
    require(batches >= 1, "accumulate must be at least 1", batches);
    return with(fit -> fit.accumulate = batches);
  }

  /**
   * Truncated backpropagation through time: sequences are cut into parts of so many steps, with a
   * step of the optimizer after each part and the state carried over to the next. Memory no longer
   * grows with their length, and no gradient reaches back over a cut. The default is not to cut.
   */
  public Fit truncate(int steps) {
    require(steps >= 1, "truncate must be at least 1", steps);
    return with(fit -> fit.truncate = steps);
  }

  /** The learning rate that the schedule starts from; the default is 1e-3. */
  public Fit learningRate(double rate) {
    require(rate > 0 && rate < Double.POSITIVE_INFINITY, "learningRate must be positive", rate);
    return with(fit -> fit.learningRate = rate);
  }

  /** How parameters follow their gradients; the default is Adam. */
  public Fit optimizer(OptimizerFactory factory) {
    return with(fit -> fit.optimizer = factory);
  }

  /** The learning rate over the training; the default is constant. */
  public Fit schedule(Schedule other) {
    return with(fit -> fit.schedule = other);
  }

  /**
   * Gradients shortened to a global norm (Pascanu et al. 2013); the default is not to. After {@link
   * #clipValue}, where both are set.
   */
  public Fit clip(double norm) {
    require(norm > 0, "clip must be positive", norm);
    return with(fit -> fit.clip = norm);
  }

  /** Each element of the gradients brought into [-limit, limit]; the default is not to. */
  public Fit clipValue(double limit) {
    require(limit > 0, "clipValue must be positive", limit);
    return with(fit -> fit.clipValue = limit);
  }

  /**
   * Ends the training after so many epochs without a better validation loss; the default is never.
   * The best weights are kept whatever the patience.
   */
  public Fit patience(int epochsWithout) {
    require(epochsWithout >= 1, "patience must be at least 1", epochsWithout);
    return with(fit -> fit.patience = epochsWithout);
  }

  /** Validates, and keeps, the average of the weights after each step instead of the weights. */
  public Fit averageWeights(Averaging how) {
    return averageWeights(how, 1);
  }

  /** {@link #averageWeights(Averaging)} from an epoch on: {@code 1} is the first. */
  public Fit averageWeights(Averaging how, int fromEpoch) {
    require(fromEpoch >= 1, "averageWeights: the epoch must be at least 1", fromEpoch);
    return with(
        fit -> {
          fit.averaging = how;
          fit.averageFrom = fromEpoch;
        });
  }

  /** A generator for the order of the examples and for dropout; the default is the session's. */
  public Fit generator(Generator other) {
    return with(fit -> fit.generator = other);
  }

  /**
   * Keeps the training in a file, written at least every half minute and when it ends. Where the
   * file is there already, the training goes on from it, bit for bit, as if it had not been
   * stopped; one of another model, other data or other settings is refused.
   */
  public Fit checkpoint(Path file) {
    return checkpoint(file, Duration.ofSeconds(30));
  }

  /** {@link #checkpoint(Path)}, written when so much time has passed since the last. */
  public Fit checkpoint(Path file, Duration every) {
    require(!every.isNegative(), "checkpoint: the time must not be negative", every);
    return with(fit -> fit.saving = new Saving(file, every.toNanos(), Long.MAX_VALUE));
  }

  /** {@link #checkpoint(Path)}, written after each so many steps. */
  public Fit checkpoint(Path file, long everySteps) {
    require(everySteps >= 1, "checkpoint: the steps must be at least 1", everySteps);
    return with(fit -> fit.saving = new Saving(file, Long.MAX_VALUE, everySteps));
  }

  /** One callback more. */
  public Fit callback(Callback more) {
    List<Callback> all = new ArrayList<>(callbacks);
    all.add(more);
    return with(fit -> fit.callbacks = List.copyOf(all));
  }

  /** Passes through the training part, at most. */
  public int epochs() {
    return epochs;
  }

  /** Examples at a time. */
  public int batch() {
    return batch;
  }

  /** Batches for one step of the optimizer. */
  public int accumulate() {
    return accumulate;
  }

  /** Steps of time in a part; {@code Integer.MAX_VALUE} where sequences are not cut. */
  public int truncate() {
    return truncate;
  }

  /** What the schedule starts from. */
  public double learningRate() {
    return learningRate;
  }

  /** How parameters follow their gradients. */
  public OptimizerFactory optimizer() {
    return optimizer;
  }

  /** The learning rate over the training. */
  public Schedule schedule() {
    return schedule;
  }

  /** The largest global norm of the gradients, or infinity. */
  public double clip() {
    return clip;
  }

  /** The largest magnitude of an element of the gradients, or infinity. */
  public double clipValue() {
    return clipValue;
  }

  /** Epochs without a better validation loss. */
  public int patience() {
    return patience;
  }

  /** The generator, or null for the session's. */
  public Generator generator() {
    return generator;
  }

  Averaging averaging() {
    return averaging;
  }

  boolean averages(int epoch) {
    return averaging != null && epoch >= averageFrom;
  }

  /** Where and how often to write checkpoints, or null. */
  Saving saving() {
    return saving;
  }

  List<Callback> callbacks() {
    return callbacks;
  }

  /** All that the numbers depend on but the epochs and the patience: those only end a training. */
  Map<String, String> numerical() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("batch", String.valueOf(batch));
    all.put("accumulate", String.valueOf(accumulate));
    all.put("truncate", truncate == Integer.MAX_VALUE ? "no" : String.valueOf(truncate));
    all.put("learningRate", String.valueOf(learningRate));
    all.put("optimizer", Identity.text(optimizer));
    all.put("schedule", Identity.text(schedule));
    all.put("clip", String.valueOf(clip));
    all.put("clipValue", String.valueOf(clipValue));
    all.put("averageWeights", averaging == null ? "no" : averaging + " from epoch " + averageFrom);
    return all;
  }

  /** The settings that are not the defaults. */
  @Override
  public String toString() {
    Map<String, String> defaults = new Fit().numerical();
    return numerical().entrySet().stream()
        .filter(e -> !e.getValue().equals(defaults.get(e.getKey())))
        .map(e -> ", " + e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("", "at most " + epochs + " epochs", ""));
  }

  private static void require(boolean holds, String rule, Object got) {
    if (!holds) {
      throw new IllegalArgumentException("Fit: " + rule + ", got " + got);
    }
  }
}
