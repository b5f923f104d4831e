package unroll.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Buffer;
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
    Map<Backend, List<Buffer>> all = new LinkedHashMap<>();
    for (Parameter p : parameters) {
      Tensor g = gradients.of(p);
      if (g != null) {
        all.computeIfAbsent(g.backend(), b -> new ArrayList<>()).add(g.buffer());
      }
    }
    double sum = 0;
    for (Map.Entry<Backend, List<Buffer>> some : all.entrySet()) {
      sum += some.getKey().sumOfSquares(some.getValue());
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

  /**
   * Every element of every gradient brought into [-limit, limit] (Mikolov 2012). Unlike clipping by
   * norm it changes their direction.
   *
   * <p>The same as PyTorch's {@code clip_grad_value_}, but the gradients given stay as they are.
   *
   * @param parameters whose gradients the result has; those without one have none there
   * @throws IllegalArgumentException if the limit is not positive
   */
  public static Gradients value(
      Collection<Parameter> parameters, Gradients gradients, double limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException("Clip.value: limit must be positive, got " + limit);
    }
    IdentityHashMap<Parameter, Tensor> clipped = new IdentityHashMap<>();
    for (Parameter p : parameters) {
      Tensor g = gradients.of(p);
      if (g != null) {
        clipped.put(p, clamp(g.detach(), limit));
      }
    }
    return Gradients.of(clipped);
  }

  private static Tensor clamp(Tensor g, double limit) {
    Tensor bound = Tensor.filled(-limit, g.shape(), g.backend());
    return g.max(bound).negate().max(bound).negate();
  }
}
