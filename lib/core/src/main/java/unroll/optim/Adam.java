package unroll.optim;

import java.util.Collection;
import java.util.List;
import unroll.autograd.Parameter;

/**
 * Adam (Kingma and Ba 2015): steps of even size, from running means of the gradient and its square.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g²
 * p = p - learningRate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>The same as PyTorch's {@code Adam}, where epsilon too is added after the correction. t counts
 * the steps of each parameter: one without a gradient makes none. A usual learning rate is 1e-3.
 *
 * @param beta1 how much of m is kept; the default is 0.9
 * @param beta2 how much of v is kept; the default is 0.999
 * @param epsilon keeps the quotient finite; the default is 1e-8
 */
public record Adam(double beta1, double beta2, double epsilon) implements OptimizerFactory {

  /** What it keeps beside each parameter, m and v. */
  static final List<String> KINDS = List.of("exp_avg", "exp_avg_sq");

  /** Checks the settings. */
  public Adam {
    Settings.requireBelowOne("Adam", "beta1", beta1);
    Settings.requireBelowOne("Adam", "beta2", beta2);
    Settings.requireNotNegative("Adam", "epsilon", epsilon);
  }

  /** The default settings. */
  public static Adam defaults() {
    return new Adam(0.9, 0.999, 1e-8);
  }

  /** The same settings with another beta1. */
  public Adam beta1(double other) {
    return new Adam(other, beta2, epsilon);
  }

  /** The same settings with another beta2. */
  public Adam beta2(double other) {
    return new Adam(beta1, other, epsilon);
  }

  /** The same settings with another epsilon. */
  public Adam epsilon(double other) {
    return new Adam(beta1, beta2, other);
  }

  @Override
  public Optimizer of(Collection<Parameter> parameters, double learningRate) {
    return new EachParameter("Adam", parameters, learningRate, KINDS, this::step);
  }

  /** One step on one parameter. */
  void step(EachParameter.Site at, double learningRate) {
    at.backend()
        .adam(
            at.value(),
            at.gradient(),
            at.kept(0),
            at.kept(1),
            learningRate / at.correction(beta1),
            beta1,
            beta2,
            at.correction(beta2),
            epsilon);
  }
}
