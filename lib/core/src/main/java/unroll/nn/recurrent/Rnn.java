package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.nn.Activation;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The plain recurrent network (Elman 1990) over a whole sequence; {@link RnnCell} states the
 * equations.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, hiddenSize]
 * state   [batch, hiddenSize]
 * </pre>
 *
 * <p>Parameters {@code weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0}, {@code bias_hh_l0},
 * uniform between -1/√hiddenSize and 1/√hiddenSize, as in PyTorch's {@code nn.RNN}.
 */
public final class Rnn implements SequenceLayer<Tensor>, Traceable {

  private final GateWeights weights;
  private final boolean relu;

  private Rnn(GateWeights weights, boolean relu) {
    this.weights = weights;
    this.relu = relu;
  }

  /** A layer with tanh; its numbers come from the session's generator. */
  public static Rnn of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A layer with tanh; its numbers come from the given generator. */
  public static Rnn of(int inputSize, int hiddenSize, Generator generator) {
    return new Rnn(GateWeights.draw("Rnn", 1, inputSize, hiddenSize, "_l0", generator), false);
  }

  /** The same parameters with a rectifier in place of tanh. */
  public Rnn relu() {
    return new Rnn(weights, true);
  }

  /** The same weights without biases. */
  public Rnn withoutBias() {
    return new Rnn(weights.withoutBias(), relu);
  }

  /** What is applied to the sum: tanh or the rectifier. */
  public Activation nonlinearity() {
    return relu ? Activation.RELU : Activation.TANH;
  }

  /** The same parameters one step at a time. */
  public RnnCell cell() {
    return new RnnCell(weights, relu);
  }

  @Override
  public Unrolled<Tensor> run(Tensor input, Tensor initial, int[] lengths) {
    if (lengths != null) {
      operation(input, initial);
      return Recurrent.over(cell()).run(input, initial, lengths);
    }
    List<Tensor> results = operation(input, initial).run(weights, input, initial, null);
    return new Unrolled<>(results.get(0), results.get(1));
  }

  private SequenceOperation operation(Tensor input, Tensor initial) {
    Inputs.requireSequence(this, input, weights.inputSize());
    Inputs.requireState(this, initial, input.size(1), weights.hiddenSize());
    Recurrence.Kind kind = relu ? Recurrence.Kind.RNN_RELU : Recurrence.Kind.RNN_TANH;
    return SequenceOperation.of(kind, input, weights.hiddenSize());
  }

  /** The hidden state, {@code h}: a plain network has no gates. */
  @Override
  public Activations activations(Tensor input) {
    Tensor output = apply(input);
    return new Activations(Map.of("h", output), output);
  }

  @Override
  public Tensor last(Tensor state) {
    return state;
  }

  @Override
  public Tensor initialState(int batch) {
    return weights.zeros(batch);
  }

  @Override
  public int inputSize() {
    return weights.inputSize();
  }

  @Override
  public int outputSize() {
    return weights.hiddenSize();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return weights.parameters();
  }

  @Override
  public String toString() {
    return "Rnn " + weights + (relu ? " relu" : "");
  }
}
