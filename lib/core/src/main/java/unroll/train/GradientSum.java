package unroll.train;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.tensor.Tensor;

/** The gradients of several batches, added up. */
final class GradientSum {

  private final Collection<Parameter> parameters;
  private final IdentityHashMap<Parameter, Tensor> sums = new IdentityHashMap<>();
  private final Map<Parameter, Tensor> present = new LinkedHashMap<>();

  GradientSum(Collection<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** Starts from nothing. */
  void clear() {
    present.clear();
  }

  /** Adds gradients, times a number. */
  void add(Gradients gradients, double scale) {
    for (Parameter p : parameters) {
      Tensor gradient = gradients.of(p);
      if (gradient != null) {
        p.backend().addScaled(scale, gradient.buffer(), sum(p).buffer());
      }
    }
  }

  /** The sum so far; zeros where it has just begun. */
  private Tensor sum(Parameter p) {
    Tensor sum = sums.get(p);
    if (sum == null || sum.backend() != p.backend()) {
      sum = Tensor.of(p.backend().allocate(p.shape().length()), p.shape(), p.backend());
      sums.put(p, sum);
    }
    if (!present.containsKey(p)) {
      p.backend().fill(sum.buffer(), 0);
      present.put(p, sum);
    }
    return sum;
  }

  /** The sums, until they are cleared. */
  Gradients gradients() {
    return Gradients.of(present);
  }
}
