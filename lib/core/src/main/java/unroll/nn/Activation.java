package unroll.nn;

import java.util.Locale;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Unary;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * Functions without parameters, to stand between other layers: {@code Linear.of(8, 16),
 * Activation.RELU, Linear.of(16, 2)}. Input and output have one shape, any.
 */
public enum Activation implements Layer {
  /** y = tanh x: between -1 and 1. */
  TANH,
  /** y = 1 / (1 + e⁻ˣ): between 0 and 1. */
  SIGMOID,
  /** y = max(x, 0), the rectifier (Nair and Hinton 2010). */
  RELU,
  /** y = eˣ over its sum along the last axis: positive, with the sum one. */
  SOFTMAX;

  @Override
  public Tensor apply(Tensor x) {
    return switch (this) {
      case TANH -> x.map(Unary.TANH);
      case SIGMOID -> x.map(Unary.SIGMOID);
      case RELU -> x.map(Unary.RELU);
      case SOFTMAX -> Tensors.softmax(x, -1);
    };
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Map<String, Parameter> parameters() {
    return Map.of();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
