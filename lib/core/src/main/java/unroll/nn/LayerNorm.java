package unroll.nn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Layer normalisation (Ba et al. 2016): each row gets mean 0 and variance 1, then a learnt scale
 * and shift.
 *
 * <pre>
 * y = (x - mean(x)) / sqrt(variance(x) + 1e-5) w + b, with the variance over n, not n - 1
 * x       [..., features]
 * weight  [features], starts at one
 * bias    [features], starts at zero
 * y       [..., features]
 * </pre>
 *
 * <p>The same as PyTorch's {@code nn.LayerNorm} over the last axis.
 */
public final class LayerNorm implements Layer {

  /** What is added to the variance. */
  public static final double EPSILON = 1e-5;

  private final Parameter weight;
  private final Parameter bias;

  private LayerNorm(int features) {
    weight = Parameter.of("weight", Tensor.filled(1, features));
    bias = Parameter.of("bias", Tensor.filled(0, features));
  }

  /** A layer on the current backend. */
  public static LayerNorm of(int features) {
    if (features < 1) {
      throw new IllegalArgumentException("LayerNorm: features must be at least 1, got " + features);
    }
    return new LayerNorm(features);
  }

  @Override
  public Tensor apply(Tensor input) {
    if (input.shape().rank() < 1 || input.size(-1) != inputSize()) {
      throw new IllegalArgumentException(
          "LayerNorm: input must be [..., %d], got %s".formatted(inputSize(), input.shape()));
    }
    return Operation.apply(new Normalisation(), input, weight.value(), bias.value());
  }

  @Override
  public int inputSize() {
    return weight.shape().size(0);
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    all.put(weight.name(), weight);
    all.put(bias.name(), bias);
    return all;
  }

  @Override
  public String toString() {
    return "LayerNorm " + inputSize();
  }

  /** Keeps the normal rows and their scales for the way back. */
  private static final class Normalisation implements Operation {

    private Tensor normal;
    private Tensor scale;

    @Override
    public String name() {
      return "LayerNorm";
    }

    @Override
    public List<Tensor> forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Backend backend = x.backend();
      int rows = rows(x);
      normal = Tensor.empty(x.shape(), backend);
      scale = Tensor.empty(Shape.of(rows), backend);
      Tensor out = Tensor.empty(x.shape(), backend);
      backend.layerNorm(
          rows,
          x.size(-1),
          x.buffer(),
          inputs.get(1).buffer(),
          inputs.get(2).buffer(),
          EPSILON,
          normal.buffer(),
          scale.buffer(),
          out.buffer());
      return List.of(out);
    }

    @Override
    public List<Tensor> gradient(
        List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
      Tensor x = inputs.get(0);
      Tensor[] found = new Tensor[3];
      for (int i = 0; i < 3; i++) {
        if (inputs.get(i).requiresGradient()) {
          found[i] = Tensor.empty(inputs.get(i).shape(), x.backend());
        }
      }
      x.backend()
          .layerNormGradient(
              rows(x),
              x.size(-1),
              normal.buffer(),
              scale.buffer(),
              inputs.get(1).buffer(),
              gradients.get(0).buffer(),
              buffer(found[0]),
              buffer(found[1]),
              buffer(found[2]));
      return Arrays.asList(found);
    }

    private static Buffer buffer(Tensor tensor) {
      return tensor == null ? null : tensor.buffer();
    }

    private static int rows(Tensor x) {
      return x.shape().length() / x.size(-1);
    }
  }
}
