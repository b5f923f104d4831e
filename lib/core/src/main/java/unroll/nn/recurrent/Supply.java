package unroll.nn.recurrent;

import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Initializer;
import unroll.nn.LayerNorm;
import unroll.tensor.Generator;
import unroll.tensor.Shape;

/**
 * Where a layer's parameters come from: those that it had in another form, where their names and
 * shapes still fit, otherwise new ones.
 *
 * @param parameters those it had, by name
 * @param norms those it had, by name
 * @param generator what new numbers are drawn from
 */
record Supply(
    Map<String, Parameter> parameters, Map<String, LayerNorm> norms, Generator generator) {

  /** New parameters only. */
  static Supply of(Generator generator) {
    return new Supply(Map.of(), Map.of(), generator);
  }

  Parameter parameter(Initializer initializer, String name, int... sizes) {
    Parameter known = parameters.get(name);
    return known != null && known.shape().equals(Shape.of(sizes))
        ? known
        : initializer.parameter(generator, name, sizes);
  }

  LayerNorm norm(String name, int features) {
    LayerNorm known = norms.get(name);
    return known != null && known.inputSize() == features ? known : LayerNorm.of(features);
  }
}
