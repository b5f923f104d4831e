package unroll.optim;

import java.util.Collection;
import unroll.autograd.Parameter;

/**
 * How weights are averaged over a training, from which a {@link WeightAverage} is made: {@code
 * Averaging.exponential(0.999)}.
 *
 * @param decay how much of the average is kept when weights are added to it; NaN for a plain mean
 */
public record Averaging(double decay) {

  /** Checks the decay. */
  public Averaging {
    if (!Double.isNaN(decay)) {
      Settings.requireBelowOne("Averaging", "decay", decay);
    }
  }

  /**
   * The plain mean of all weights that were added (Polyak and Juditsky 1992; over the last epochs,
   * with a learning rate that stays high, the stochastic weight averaging of Izmailov et al. 2018).
   *
   * <pre>
   * average = average + (p - average) / n,  with p the n-th weights
   * </pre>
   *
   * <p>The same as PyTorch's {@code AveragedModel}.
   */
  public static Averaging plain() {
    return new Averaging(Double.NaN);
  }

  /**
   * The exponential moving average: old weights are forgotten.
   *
   * <pre>
   * average = average + (1 - decay) (p - average),  the first p as it is
   * </pre>
   *
   * <p>The same as PyTorch's {@code AveragedModel} with {@code get_ema_multi_avg_fn}. It reaches
   * back over about 1 / (1 - decay) additions.
   *
   * @param decay from 0 to below 1; 0.999 is usual where every step is added
   */
  public static Averaging exponential(double decay) {
    Settings.requireBelowOne("Averaging", "decay", decay);
    return new Averaging(decay);
  }

  /** A new average of these parameters, over nothing yet. */
  public WeightAverage of(Collection<Parameter> parameters) {
    return new WeightAverage(this, parameters);
  }

  /** The part that the n-th weights have in the average once they are added. */
  double part(long n) {
    if (n == 1) {
      return 1;
    }
    return Double.isNaN(decay) ? 1 / (double) n : 1 - decay;
  }
}
