package unroll.optim;

import java.util.Collection;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.tensor.Tensor;

/** Keeps gradients from exploding. */
public final class Clip {

  private Clip() {}

  /**
   * The length of all gradients taken as one vector: √(sum of the squares of all elements).
   *
   * @param parameters those without a gradient count as zero
   */
  public static double globalNorm(Collection<Parameter> parameters, Gradients gradients) {
    double sum = 0;
    for (Parameter p : parameters) {
      Tensor g = gradients.of(p);
      if (g != null) {
        sum += g.backend().sumOfSquares(g.buffer());
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * The number that brings a norm down to a limit: limit / norm if it is over, otherwise 1 (Pascanu
   * et al. 2013).
   *
   * @throws IllegalArgumentException if the limit is not positive
   */
  public static double scale(double norm, double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("Clip.scale: limit must be positive, got " + limit);
    }
    return norm > limit ? limit / norm : 1;
  }
}
