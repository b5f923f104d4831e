package unroll.optim;

import java.util.Map;
import unroll.autograd.Gradients;
import unroll.tensor.Tensor;

/**
 * Changes parameters along their gradients, a step at a time; keeps what it needs in between. Made
 * by an {@link OptimizerFactory}.
 */
public interface Optimizer {

  /**
   * One step on all parameters.
   *
   * @param gradients of the loss; a parameter without one stays as it is
   * @param scale multiplies every gradient: 1, or less where they are clipped
   */
  void step(Gradients gradients, double scale);

  /** One step with the gradients as they are. */
  default void step(Gradients gradients) {
    step(gradients, 1);
  }

  /** The learning rate of the next step. */
  double learningRate();

  /**
   * Changes the learning rate from the next step on.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  void learningRate(double rate);

  /**
   * A copy of everything that the next step depends on beside the parameters and their gradients,
   * by name. {@link #load} goes on from it to the bit.
   */
  Map<String, Tensor> state();

  /**
   * Goes on from a {@link #state}, taken from an optimizer of the same kind with parameters of the
   * same shapes in the same order.
   *
   * @throws IllegalArgumentException if a tensor is missing, unknown or of another shape; nothing
   *     has been changed then
   */
  void load(Map<String, Tensor> state);
}
