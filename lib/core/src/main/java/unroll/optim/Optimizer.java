package unroll.optim;

import unroll.autograd.Gradients;

/** Changes parameters along their gradients, a step at a time; keeps what it needs in between. */
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
}
