package unroll.autograd;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import unroll.tensor.Tensor;

/** The gradients of one loss by everything it depends on; they live as long as their tape. */
public final class Gradients {

  private final Map<Tensor, Tensor> byTensor;

  Gradients(IdentityHashMap<Tensor, Tensor> byTensor) {
    this.byTensor = Collections.unmodifiableMap(byTensor);
  }

  /** Gradients that were changed after their tape's: clipped, or summed over several losses. */
  public static Gradients of(Map<Parameter, Tensor> byParameter) {
    IdentityHashMap<Tensor, Tensor> byTensor = new IdentityHashMap<>();
    byParameter.forEach((parameter, gradient) -> byTensor.put(parameter.value(), gradient));
    return new Gradients(byTensor);
  }

  /** The gradient by a parameter, of its shape, or null if the loss does not depend on it. */
  public Tensor of(Parameter parameter) {
    return of(parameter.value());
  }

  /** The gradient by a tensor, of its shape, or null if the loss does not depend on it. */
  public Tensor of(Tensor tensor) {
    return byTensor.get(tensor);
  }
}
