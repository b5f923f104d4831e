package unroll.nn;

import java.util.Map;
import unroll.autograd.Parameter;

/** Anything that has parameters. A record or class of layers and parameters need not say which. */
public interface Trainable {

  /**
   * Its parameters by name, in a fixed order. By default those of its record components or fields,
   * in the order of their declaration: a parameter under its own name, a part's parameters under
   * the part's name, a dot and theirs ({@code gate.weight}).
   */
  default Map<String, Parameter> parameters() {
    return Parts.parameters(this);
  }

  /** The number of numbers that can be learnt. */
  default long parameterCount() {
    return parameters().values().stream().mapToLong(p -> p.shape().length()).sum();
  }
}
