package unroll.optim;

import java.util.Collection;
import unroll.autograd.Parameter;

/**
 * The settings of an optimizer, from which it is made: {@code Adam.defaults()}, {@code
 * Sgd.momentum(0.9).nesterov()}.
 */
@FunctionalInterface
public interface OptimizerFactory {

  /**
   * A new optimizer of these parameters.
   *
   * @param learningRate of its first step
   * @throws IllegalArgumentException if the learning rate is not positive and finite
   */
  Optimizer of(Collection<Parameter> parameters, double learningRate);
}
