package unroll.nn.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * A recurrent layer over a whole sequence, by the backend's fused routine. Inputs: x, h₀, c₀
 * (LSTM), weight_ih, weight_hh, and the biases if there are any. Outputs: all hidden states, the
 * last hidden state, the last cell state (LSTM).
 */
final class SequenceOperation implements Operation {

  private final Recurrence shape;
  private final boolean lstm;
  private Tensor reserve;
  private List<Tensor> inputs;
  private List<Tensor> results;

  private SequenceOperation(Recurrence shape) {
    this.shape = shape;
    this.lstm = shape.kind() == Recurrence.Kind.LSTM;
  }

  /** Runs a layer; the operation keeps the backend's reserve. */
  static SequenceOperation of(Recurrence.Kind kind, Tensor input, int hiddenSize) {
    return new SequenceOperation(
        new Recurrence(kind, input.size(0), input.size(1), input.size(2), hiddenSize));
  }

  /**
   * Applies it.
   *
   * @param weights weight_ih, weight_hh, and the biases if there are any
   * @param initial the hidden state before the first step, for an LSTM the cell
   */
  List<Tensor> run(List<Tensor> weights, Tensor input, List<Tensor> initial) {
    List<Tensor> inputs = new ArrayList<>(List.of(input));
    inputs.addAll(initial);
    inputs.addAll(weights);
    return Operation.apply(this, inputs);
  }

  /** The gates' activations, [time, batch, saved hiddenSize]; not for a plain network. */
  Tensor gates() {
    return inside(shape.savedSize(), true);
  }

  /** The cell states of an LSTM, [time, batch, hiddenSize]. */
  Tensor cells() {
    return inside(shape.hiddenSize(), false);
  }

  private Tensor inside(int width, boolean gates) {
    Backend backend = reserve.backend();
    Tensor out = Tensor.empty(Shape.of(shape.steps(), shape.batch(), width), backend);
    backend.recurrentGates(
        shape,
        weights(inputs),
        inputs.get(0).buffer(),
        initial(inputs),
        activations(results),
        gates ? out.buffer() : null,
        gates ? null : out.buffer());
    return out;
  }

  @Override
  public String name() {
    return switch (shape.kind()) {
      case RNN_TANH, RNN_RELU -> "Rnn";
      case LSTM -> "Lstm";
      case GRU -> "Gru";
    };
  }

  @Override
  public List<Tensor> forward(List<Tensor> inputs) {
    Backend backend = inputs.get(0).backend();
    Shape state = Shape.of(shape.batch(), shape.hiddenSize());
    this.inputs = inputs;
    reserve = Tensor.empty(Shape.of(backend.reserveLength(shape)), backend);
    results = new ArrayList<>();
    results.add(Tensor.empty(Shape.of(shape.steps(), shape.batch(), shape.hiddenSize()), backend));
    results.add(Tensor.empty(state, backend));
    if (lstm) {
      results.add(Tensor.empty(state, backend));
    }
    backend.recurrentForward(
        shape, weights(inputs), inputs.get(0).buffer(), initial(inputs), activations(results));
    return results;
  }

  @Override
  public List<Tensor> gradient(List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
    Tensor[] found = new Tensor[inputs.size()];
    for (int i = 0; i < found.length; i++) {
      if (inputs.get(i).requiresGradient()) {
        found[i] = Tensor.empty(inputs.get(i).shape(), inputs.get(i).backend());
      }
    }
    List<Tensor> to = Arrays.asList(found);
    Tensor output = outputs.get(0);
    Backend backend = output.backend();
    Tensor outputGradient =
        gradients.get(0) != null ? gradients.get(0) : Tensor.filled(0, output.shape(), backend);
    Recurrence.State last =
        new Recurrence.State(buffer(gradients.get(1)), lstm ? buffer(gradients.get(2)) : null);
    backend.recurrentBackward(
        shape,
        weights(inputs),
        inputs.get(0).buffer(),
        initial(inputs),
        activations(outputs),
        new Recurrence.Gradients(
            outputGradient.buffer(), last, buffer(found[0]), weights(to), initial(to)));
    return to;
  }

  private Recurrence.Activations activations(List<Tensor> outputs) {
    Recurrence.State last =
        new Recurrence.State(outputs.get(1).buffer(), lstm ? outputs.get(2).buffer() : null);
    return new Recurrence.Activations(outputs.get(0).buffer(), last, buffer(reserve));
  }

  private Recurrence.State initial(List<Tensor> tensors) {
    return new Recurrence.State(buffer(tensors.get(1)), lstm ? buffer(tensors.get(2)) : null);
  }

  private Recurrence.Weights weights(List<Tensor> tensors) {
    int at = lstm ? 3 : 2;
    boolean biased = tensors.size() == at + 4;
    return new Recurrence.Weights(
        buffer(tensors.get(at)),
        buffer(tensors.get(at + 1)),
        biased ? buffer(tensors.get(at + 2)) : null,
        biased ? buffer(tensors.get(at + 3)) : null);
  }

  private static Buffer buffer(Tensor tensor) {
    return tensor == null ? null : tensor.buffer();
  }
}
