package unroll.nn;

import unroll.autograd.Parameter;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** Where parameters start. */
@FunctionalInterface
public interface Initializer {

  /** Draws the numbers for a parameter of the given sizes, row major. */
  double[] draw(Generator generator, int... sizes);

  /** A parameter on the current backend. */
  default Parameter parameter(Generator generator, String name, int... sizes) {
    return Parameter.of(name, Tensor.of(draw(generator, sizes), sizes));
  }

  /**
   * Uniform between -1/√fan and 1/√fan: what PyTorch starts Linear (fan: inputs) and the recurrent
   * layers (fan: hidden units) with.
   */
  static Initializer uniform(int fan) {
    double bound = fan == 0 ? 0 : 1 / Math.sqrt(fan);
    return (generator, sizes) -> {
      int length = 1;
      for (int size : sizes) {
        length *= size;
      }
      double[] values = new double[length];
      generator.fillUniform(values, -bound, bound);
      return values;
    };
  }
}
