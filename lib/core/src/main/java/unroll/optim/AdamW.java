package unroll.optim;

import java.util.Collection;
import unroll.autograd.Parameter;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019): the weights shrink by themselves,
 * not by way of the gradient, so that all shrink at one pace.
 *
 * <pre>
 * p = p - learningRate weightDecay p
 * p = p - learningRate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon),  m and v as in {@link Adam}
 * </pre>
 *
 * <p>The same as PyTorch's {@code AdamW}. Like there, the decay is multiplied by the learning rate;
 * in the paper it is not. A usual learning rate is 1e-3.
 *
 * @param adam the settings of the step; the default is {@link Adam#defaults}
 * @param weightDecay how fast the weights shrink, per step and learning rate; the default is 0.01
 */
public record AdamW(Adam adam, double weightDecay) implements OptimizerFactory {

  /** Checks the settings. */
  public AdamW {
    Settings.requireNotNegative("AdamW", "weightDecay", weightDecay);
  }

  /** The default settings. */
  public static AdamW defaults() {
    return new AdamW(Adam.defaults(), 0.01);
  }

  /** The same settings with another weight decay. */
  public AdamW weightDecay(double other) {
    return new AdamW(adam, other);
  }

  /** The same settings with another beta1. */
  public AdamW beta1(double other) {
    return new AdamW(adam.beta1(other), weightDecay);
  }

  /** The same settings with another beta2. */
  public AdamW beta2(double other) {
    return new AdamW(adam.beta2(other), weightDecay);
  }

  /** The same settings with another epsilon. */
  public AdamW epsilon(double other) {
    return new AdamW(adam.epsilon(other), weightDecay);
  }

  @Override
  public Optimizer of(Collection<Parameter> parameters, double learningRate) {
    return new EachParameter("AdamW", parameters, learningRate, Adam.KINDS, this::step);
  }

  private void step(EachParameter.Site at, double learningRate) {
    // p - c p rounds once; in float32 1 - c would lose most digits of a small c before
    at.backend().addScaled(-learningRate * weightDecay, at.value(), at.value());
    adam.step(at, learningRate);
  }
}
