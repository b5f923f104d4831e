package unroll.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.optim.Clip;
import unroll.optim.Optimizer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** One step of the optimizer, from one batch or from several whose gradients are added up. */
final class Stepper {

  private final Objective objective;
  private final Collection<Parameter> parameters;
  private final GradientSum sum;
  private double norm;
  private double loss;

  Stepper(Objective objective, Collection<Parameter> parameters) {
    this.objective = objective;
    this.parameters = parameters;
    sum = new GradientSum(parameters);
  }

  /**
   * What came of a step.
   *
   * @param loss the mean over all its batches
   * @param norm of the gradients before they are shortened; NaN where the loss is no number
   * @param weight how many things the loss is a mean over
   * @param carried the state after each batch
   * @param bad the batch whose loss or gradients are no numbers, or null
   * @param before the generator's state before that batch
   */
  record Result(
      double loss,
      double norm,
      double weight,
      List<List<Tensor>> carried,
      Chunk bad,
      Generator.State before) {}

  /** What comes between the gradients and the optimizer's step: called only with finite ones. */
  interface Before {
    void step();
  }

  /** Makes a step; where something is no number, none is made. */
  Result step(List<Chunk> chunks, Fit fit, Optimizer optimizer, Before before) {
    Generator.State drawn = Generator.current().state();
    if (chunks.size() == 1) {
      Chunk chunk = chunks.get(0);
      List<Tensor> carried =
          chunk.run(
              objective,
              (value, gradients) -> {
                loss = value;
                apply(gradients, fit, optimizer, before);
              });
      boolean bad = !Double.isFinite(norm);
      return result(chunk.weight(objective), List.of(carried), bad ? chunk : null, drawn);
    }
    return accumulate(chunks, fit, optimizer, before);
  }

  private Result accumulate(List<Chunk> chunks, Fit fit, Optimizer optimizer, Before before) {
    double[] weights = chunks.stream().mapToDouble(c -> c.weight(objective)).toArray();
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    List<List<Tensor>> carried = new ArrayList<>();
    double mean = 0;
    sum.clear();
    for (int i = 0; i < weights.length; i++) {
      Chunk chunk = chunks.get(i);
      Generator.State drawn = Generator.current().state();
      double share = weights[i] / total;
      if (share == 0) { // all its sequences have ended
        carried.add(chunk.carried());
        continue;
      }
      carried.add(chunk.run(objective, (value, gradients) -> add(value, gradients, share)));
      if (!Double.isFinite(norm)) {
        return result(total, carried, chunk, drawn);
      }
      mean += share * loss;
    }
    loss = mean;
    apply(sum.gradients(), fit, optimizer, before);
    boolean bad = !Double.isFinite(norm);
    return result(
        total, carried, bad ? chunks.get(0) : null, bad ? Generator.current().state() : null);
  }

  private Result result(
      double weight, List<List<Tensor>> carried, Chunk bad, Generator.State drawn) {
    return new Result(loss, norm, weight, carried, bad, bad == null ? null : drawn);
  }

  private void add(double value, Gradients gradients, double share) {
    loss = value;
    norm = Double.isFinite(value) ? Clip.globalNorm(parameters, gradients) : Double.NaN;
    sum.add(gradients, share);
  }

  private void apply(Gradients raw, Fit fit, Optimizer optimizer, Before before) {
    norm = Double.isFinite(loss) ? Clip.globalNorm(parameters, raw) : Double.NaN;
    if (!Double.isFinite(norm)) {
      return;
    }
    Gradients gradients = raw;
    double shortened = norm;
    if (fit.clipValue() < Double.POSITIVE_INFINITY) {
      gradients = Clip.value(parameters, raw, fit.clipValue());
      shortened = Clip.globalNorm(parameters, gradients);
    }
    before.step();
    optimizer.step(gradients, Clip.scale(shortened, fit.clip()));
  }
}
