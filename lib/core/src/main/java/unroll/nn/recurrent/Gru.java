package unroll.nn.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The gated recurrent unit (Cho et al. 2014) over a whole sequence; {@link GruCell} states the
 * equations, with the reset gate applied after the product.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, hiddenSize]
 * state   [batch, hiddenSize]
 * </pre>
 *
 * <p>Parameters {@code weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0}, {@code bias_hh_l0},
 * gates in the order r, z, n, uniform between -1/√hiddenSize and 1/√hiddenSize, as in PyTorch's
 * {@code nn.GRU}.
 */
public final class Gru implements SequenceLayer<Tensor>, Traceable {

  private final GateWeights weights;

  private Gru(GateWeights weights) {
    this.weights = weights;
  }

  /** A layer whose numbers come from the session's generator. */
  public static Gru of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A layer whose numbers come from the given generator. */
  public static Gru of(int inputSize, int hiddenSize, Generator generator) {
    return new Gru(GateWeights.draw("Gru", 3, inputSize, hiddenSize, "_l0", generator));
  }

  /** The same weights without biases. */
  public Gru withoutBias() {
    return new Gru(weights.withoutBias());
  }

  /** The same parameters one step at a time. */
  public GruCell cell() {
    return new GruCell(weights);
  }

  @Override
  public Unrolled<Tensor> run(Tensor input, Tensor initial, int[] lengths) {
    if (lengths != null) {
      operation(input, initial);
      return Recurrent.over(cell()).run(input, initial, lengths);
    }
    return run(operation(input, initial), input, initial);
  }

  private Unrolled<Tensor> run(SequenceOperation operation, Tensor input, Tensor initial) {
    List<Tensor> results = operation.run(weights, input, initial, null);
    return new Unrolled<>(results.get(0), results.get(1));
  }

  private SequenceOperation operation(Tensor input, Tensor initial) {
    Inputs.requireSequence(this, input, weights.inputSize());
    Inputs.requireState(this, initial, input.size(1), weights.hiddenSize());
    return SequenceOperation.of(Recurrence.Kind.GRU, input, weights.hiddenSize());
  }

  /** The gates r and z, the candidate n and the output h. */
  @Override
  public Activations activations(Tensor input) {
    Inputs.requireSequence(this, input);
    Tensor initial = initialState(input.size(1));
    SequenceOperation operation = operation(input, initial);
    Tensor output = run(operation, input, initial).output();
    Map<String, Tensor> gates = new LinkedHashMap<>();
    gates.put("r", weights.gate(operation.gates(), 0));
    gates.put("z", weights.gate(operation.gates(), 1));
    gates.put("n", weights.gate(operation.gates(), 2));
    gates.put("h", output);
    return new Activations(gates, output);
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
    return "Gru " + weights;
  }
}
