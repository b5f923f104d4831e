package unroll.optim;

import java.util.Collection;
import java.util.List;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Buffer;

/**
 * Stochastic gradient descent (Robbins and Monro 1951), with momentum (Polyak 1964) or Nesterov's
 * (1983, as in Sutskever et al. 2013) and weight decay.
 *
 * <pre>
 * g = g + weightDecay p
 * m = momentum m + g
 * p = p - learningRate m                    with momentum
 * p = p - learningRate (g + momentum m)     with Nesterov's
 * p = p - learningRate g                    with none
 * </pre>
 *
 * <p>The same as PyTorch's {@code SGD} without dampening: the learning rate is outside the
 * momentum, so that a change of it acts at once. With momentum 0.9 the steps become ten times as
 * long in the end: divide the learning rate accordingly.
 *
 * @param momentum how much of m is kept, 0 for no momentum
 * @param looksAhead whether the momentum is Nesterov's
 * @param weightDecay how much of the weights is added to their gradient
 */
public record Sgd(double momentum, boolean looksAhead, double weightDecay)
    implements OptimizerFactory {

  /** Checks the settings. */
  public Sgd {
    Settings.requireBelowOne("Sgd", "momentum", momentum);
    Settings.requireNotNegative("Sgd", "weightDecay", weightDecay);
    if (looksAhead && momentum == 0) {
      throw new IllegalArgumentException(
          "Sgd: Nesterov's needs a momentum, got 0; Sgd.momentum(0.9).nesterov()?");
    }
  }

  /** Plain gradient descent: no momentum, no weight decay. */
  public static Sgd defaults() {
    return new Sgd(0, false, 0);
  }

  /** Gradient descent with momentum; 0.9 is usual. */
  public static Sgd momentum(double momentum) {
    return new Sgd(momentum, false, 0);
  }

  /** The same settings with Nesterov's momentum: the gradient's effect on m is anticipated. */
  public Sgd nesterov() {
    return new Sgd(momentum, true, weightDecay);
  }

  /** The same settings with another weight decay. */
  public Sgd weightDecay(double other) {
    return new Sgd(momentum, looksAhead, other);
  }

  @Override
  public Optimizer of(Collection<Parameter> parameters, double learningRate) {
    List<String> kinds = momentum == 0 ? List.of() : List.of("momentum_buffer");
    return new EachParameter("Sgd", parameters, learningRate, kinds, this::step);
  }

  private void step(EachParameter.Site at, double learningRate) {
    Backend backend = at.backend();
    if (weightDecay != 0) {
      backend.addScaled(weightDecay, at.value(), at.ownGradient());
    }
    Buffer direction = at.gradient();
    if (momentum != 0) {
      Buffer m = at.kept(0);
      backend.affine(momentum, m, 0, m);
      backend.addScaled(1, at.gradient(), m);
      direction = m;
      if (looksAhead) {
        direction = at.ownGradient();
        backend.addScaled(momentum, m, direction);
      }
    }
    backend.addScaled(-learningRate, direction, at.value());
  }
}
