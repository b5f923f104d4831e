package unroll.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.tensor.Generator;
import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * An affine map of the last axis.
 *
 * <pre>
 * y = W x + b
 * x       [..., inputSize]
 * weight  [outputSize, inputSize]
 * bias    [outputSize]
 * y       [..., outputSize]
 * </pre>
 *
 * <p>Starts uniform between -1/√inputSize and 1/√inputSize, as PyTorch's {@code nn.Linear} does.
 */
public final class Linear implements Layer {

  private final Parameter weight;
  private final Parameter bias;

  private Linear(Parameter weight, Parameter bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /** A layer with a bias on the current backend; its numbers come from the session's generator. */
  public static Linear of(int inputSize, int outputSize) {
    return of(inputSize, outputSize, Generator.session());
  }

  /** A layer with a bias on the current backend; its numbers come from the given generator. */
  public static Linear of(int inputSize, int outputSize, Generator generator) {
    if (inputSize < 1 || outputSize < 1) {
      throw new IllegalArgumentException(
          "Linear: sizes must be at least 1, got %d and %d".formatted(inputSize, outputSize));
    }
    Initializer uniform = Initializer.uniform(inputSize);
    return new Linear(
        uniform.parameter(generator, "weight", outputSize, inputSize),
        uniform.parameter(generator, "bias", outputSize));
  }

  /** The same weight without a bias. */
  public Linear withoutBias() {
    return new Linear(weight, null);
  }

  @Override
  public int inputSize() {
    return weight.shape().size(1);
  }

  /** The size of the last axis of an output. */
  public int outputSize() {
    return weight.shape().size(0);
  }

  @Override
  public Tensor apply(Tensor input) {
    return apply(input, weight.value(), bias == null ? null : bias.value());
  }

  /**
   * y = W x + b for weights from elsewhere.
   *
   * @param x [..., inputSize]
   * @param weight [outputSize, inputSize]
   * @param bias [outputSize], or null for none
   */
  public static Tensor apply(Tensor x, Tensor weight, Tensor bias) {
    if (x.shape().rank() < 1 || x.size(-1) != weight.size(1)) {
      throw new IllegalArgumentException(
          "Linear: input must be [..., %d], got %s%s"
              .formatted(
                  weight.size(1),
                  x.shape(),
                  x.shape().rank() == 2 && x.size(0) == weight.size(1) ? "; transposed?" : ""));
    }
    return bias == null
        ? Operation.apply(new LinearOperation(), x, weight)
        : Operation.apply(new LinearOperation(), x, weight, bias);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input.with(-1, outputSize());
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    all.put(weight.name(), weight);
    if (bias != null) {
      all.put(bias.name(), bias);
    }
    return Collections.unmodifiableMap(all);
  }

  @Override
  public String toString() {
    return "Linear " + inputSize() + " → " + outputSize();
  }
}
