package unroll.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import unroll.autograd.Parameter;
import unroll.optim.Optimizer;
import unroll.optim.Progress;
import unroll.optim.WeightAverage;
import unroll.tensor.Generator;

/**
 * A training as a thing that goes on step by step: everything that its next step depends on, beside
 * the data. Between two steps all of it may be kept and taken up again.
 */
final class Learning {

  final Objective objective;
  final Collection<Parameter> parameters;
  final Batches batches;
  final Weights best;
  final Generator generator;
  final List<Epoch> history = new ArrayList<>();
  Fit fit;
  Optimizer optimizer;
  WeightAverage average;
  Position position;
  long steps;
  long sequences;
  Divergence divergence;

  private final Stepper stepper;
  private List<Double> validationLosses = List.of();

  Learning(Objective objective, Fit fit, Batches batches) {
    this.objective = objective;
    this.fit = fit;
    this.batches = batches;
    parameters = objective.model().parameters().values();
    stepper = new Stepper(objective, parameters);
    best = new Weights(parameters);
    generator = fit.generator() == null ? Generator.session() : fit.generator();
    begin();
  }

  /** Makes an optimizer and an average that know nothing yet. */
  private void begin() {
    optimizer = fit.optimizer().of(parameters, fit.learningRate());
    average = fit.averaging() == null ? null : fit.averaging().of(parameters);
  }

  /** Goes on with other settings; a new optimizer only where another one is asked for. */
  void change(Fit other) {
    boolean sameOptimizer = Identity.text(other.optimizer()).equals(Identity.text(fit.optimizer()));
    boolean sameAverage = String.valueOf(other.averaging()).equals("" + fit.averaging());
    boolean sameBatches =
        other.batch() == fit.batch()
            && other.accumulate() == fit.accumulate()
            && other.truncate() == fit.truncate();
    if (other.generator() != fit.generator()) {
      throw new IllegalArgumentException(
          "Run.resume: the generator cannot be changed; start a new training with fit");
    }
    fit = other;
    if (!sameOptimizer) {
      optimizer = fit.optimizer().of(parameters, fit.learningRate());
    }
    if (!sameAverage) {
      average = fit.averaging() == null ? null : fit.averaging().of(parameters);
    }
    if (!sameBatches) {
      position = null;
    }
  }

  /** Starts anew from the best weights, after a step into the void. */
  void startAgain() {
    divergence = null;
    position = null;
    begin();
  }

  /** Whether a pass is done but its validation was interrupted. */
  boolean owesValidation() {
    return position != null && position.isAtEnd();
  }

  /** A step, or the end of a training. */
  Run.Status advance() {
    if (owesValidation()) {
      return endEpoch();
    }
    if (position == null) {
      if (history.size() >= fit.epochs()) {
        return Run.Status.FINISHED;
      }
      if (history.size() - bestEpoch() >= fit.patience()) {
        return Run.Status.STOPPED_EARLY;
      }
      position = new Position(batches, generator, fit);
    }
    Progress at = progress();
    objective.begin(at);
    optimizer.learningRate(fit.schedule().rate(fit.learningRate(), at));
    Stepper.Result result = stepper.step(position.next(), fit, optimizer, this::keepIfNoneIsBest);
    if (result.bad() != null) {
      divergence = Autopsy.of(this, result);
      return Run.Status.DIVERGED;
    }
    steps++;
    sequences += position.pass(result);
    if (average != null && fit.averages(history.size() + 1)) {
      average.add();
    }
    return position.isAtEnd() ? endEpoch() : Run.Status.RUNNING;
  }

  /** Before the first epoch is over, the last weights with a finite loss are the best. */
  private void keepIfNoneIsBest() {
    if (history.isEmpty()) {
      best.take();
    }
  }

  /** How far it has come. */
  Progress progress() {
    double within = position == null ? 0 : position.part();
    return new Progress(steps, history.size() + within, fit.epochs(), validationLosses);
  }

  private Run.Status endEpoch() {
    boolean averaged = average != null && average.count() > 0;
    if (averaged) {
      average.exchange();
    }
    double validation;
    boolean bad;
    Generator.State drawn = generator.state();
    try {
      validation = objective.validationLoss();
      bad = isBad(validation);
      if (!bad && add(validation)) {
        best.take();
      }
    } catch (StoppedException interrupted) {
      generator.restore(drawn);
      return Run.Status.RUNNING; // the epoch ends when the validation is done
    } finally {
      if (averaged) {
        average.exchange();
      }
    }
    position = null;
    if (bad) {
      divergence = Divergence.ofValidation(history.size() + 1, steps, validation);
    }
    return bad ? Run.Status.DIVERGED : Run.Status.RUNNING;
  }

  /** Whether the epoch is better than all before. */
  private boolean add(double validation) {
    Epoch epoch =
        new Epoch(
            history.size() + 1,
            position.loss / position.weight,
            validation,
            position.norm / position.weight,
            optimizer.learningRate());
    boolean better = best().map(b -> epoch.score() < b.score()).orElse(true);
    history.add(epoch);
    validationLosses = history.stream().map(Epoch::validationLoss).toList();
    return better;
  }

  /** Infinite, or no number where there was one before. */
  private boolean isBad(double validation) {
    boolean before = !history.isEmpty() && !Double.isNaN(history.get(0).validationLoss());
    return Double.isInfinite(validation) || (before && Double.isNaN(validation));
  }

  /** The steps of a pass; of one like it where their number varies. */
  int usualSteps() {
    return batches.draw(Generator.of(0), fit).steps();
  }

  /** Takes over a history, from a checkpoint. */
  void history(List<Epoch> epochs) {
    history.clear();
    history.addAll(epochs);
    validationLosses = history.stream().map(Epoch::validationLoss).toList();
  }

  Optional<Epoch> best() {
    return history.stream().min(Comparator.comparingDouble(Epoch::score));
  }

  int bestEpoch() {
    return best().map(Epoch::number).orElse(0);
  }
}
