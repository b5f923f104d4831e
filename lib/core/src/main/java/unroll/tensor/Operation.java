package unroll.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A function of tensors, with its gradient beside it. An operation computes; {@link #apply} also
 * tells the thread's {@link Recorder}. One object serves one application, so it may keep what its
 * gradient needs.
 *
 * <p>Open to everyone: a notebook may define its own. Gradients are built from tensors like
 * everything else; they are not themselves recorded.
 */
public interface Operation {

  /** What error messages call it. */
  String name();

  /**
   * The results, on the backend of the inputs. Inputs have been checked to share one; operations on
   * them in here are not recorded, the gradient is this operation's own.
   */
  List<Tensor> forward(List<Tensor> inputs);

  /**
   * The gradient of a loss by each input.
   *
   * @param gradients the gradient by each output; null where the loss does not depend on it
   * @return one tensor of the input's shape for each input, null where there is none; a gradient by
   *     an input that does not {@linkplain Tensor#requiresGradient require} one is not used
   */
  List<Tensor> gradient(List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients);

  /**
   * Applies an operation and tells the recorder.
   *
   * @throws IllegalArgumentException if the inputs live on different backends
   */
  static List<Tensor> apply(Operation operation, List<Tensor> inputs) {
    boolean required = false;
    for (Tensor input : inputs) {
      if (input.backend() != inputs.get(0).backend()) {
        throw new IllegalArgumentException(
            "%s: inputs live on different backends, %s and %s; move one with .to(backend)"
                .formatted(
                    operation.name(), inputs.get(0).backend().name(), input.backend().name()));
      }
      required |= input.requiresGradient();
    }
    Recorder recorder = Recorder.current();
    if (recorder == null || !required) {
      return operation.forward(inputs);
    }
    List<Tensor> constants = inputs.stream().map(Tensor::detach).toList();
    List<Tensor> outputs =
        operation.forward(constants).stream().map(Tensor::requiringGradient).toList();
    recorder.record(operation, inputs, outputs);
    return outputs;
  }

  /** {@link #apply} for an operation with one result. */
  static Tensor apply(Operation operation, Tensor... inputs) {
    return apply(operation, Arrays.asList(inputs)).get(0);
  }

  /** A function of one tensor. */
  interface OfOne extends Operation {

    /** y = f(x). */
    Tensor forward(Tensor x);

    /** The gradient by x, from the gradient g by y. */
    Tensor gradient(Tensor x, Tensor y, Tensor g);

    @Override
    default List<Tensor> forward(List<Tensor> inputs) {
      return List.of(forward(inputs.get(0)));
    }

    @Override
    default List<Tensor> gradient(
        List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
      return List.of(gradient(inputs.get(0), outputs.get(0), gradients.get(0)));
    }
  }

  /** A function of two tensors. */
  interface OfTwo extends Operation {

    /** y = f(a, b). */
    Tensor forward(Tensor a, Tensor b);

    /** The gradient by a, from the gradient g by y. */
    Tensor gradientA(Tensor a, Tensor b, Tensor y, Tensor g);

    /** The gradient by b, from the gradient g by y. */
    Tensor gradientB(Tensor a, Tensor b, Tensor y, Tensor g);

    @Override
    default List<Tensor> forward(List<Tensor> inputs) {
      return List.of(forward(inputs.get(0), inputs.get(1)));
    }

    @Override
    default List<Tensor> gradient(
        List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
      Tensor a = inputs.get(0);
      Tensor b = inputs.get(1);
      Tensor y = outputs.get(0);
      Tensor g = gradients.get(0);
      return Arrays.asList(
          a.requiresGradient() ? gradientA(a, b, y, g) : null,
          b.requiresGradient() ? gradientB(a, b, y, g) : null);
    }
  }
}
