package unroll.nn.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000) over a
 * whole sequence; {@link LstmCell} states the equations.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, hiddenSize]
 * state   hidden and cell, [batch, hiddenSize] each
 * </pre>
 *
 * <p>Parameters {@code weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0}, {@code bias_hh_l0},
 * gates in the order i, f, g, o, uniform between -1/√hiddenSize and 1/√hiddenSize, as in PyTorch's
 * {@code nn.LSTM}.
 */
public final class Lstm implements SequenceLayer<LstmState>, Traceable {

  private final GateWeights weights;

  private Lstm(GateWeights weights) {
    this.weights = weights;
  }

  /** A layer whose numbers come from the session's generator. */
  public static Lstm of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A layer whose numbers come from the given generator. */
  public static Lstm of(int inputSize, int hiddenSize, Generator generator) {
    return new Lstm(GateWeights.draw("Lstm", 4, inputSize, hiddenSize, "_l0", generator));
  }

  /** The same weights without biases. */
  public Lstm withoutBias() {
    return new Lstm(weights.withoutBias());
  }

  /** The same parameters one step at a time. */
  public LstmCell cell() {
    return new LstmCell(weights);
  }

  @Override
  public Unrolled<LstmState> run(Tensor input, LstmState initial, int[] lengths) {
    if (lengths != null) {
      operation(input, initial);
      return Recurrent.over(cell()).run(input, initial, lengths);
    }
    return run(operation(input, initial), input, initial);
  }

  private Unrolled<LstmState> run(SequenceOperation operation, Tensor input, LstmState initial) {
    List<Tensor> results = operation.run(weights, input, initial.hidden(), initial.cell());
    return new Unrolled<>(results.get(0), new LstmState(results.get(1), results.get(2)));
  }

  private SequenceOperation operation(Tensor input, LstmState initial) {
    Inputs.requireSequence(this, input, weights.inputSize());
    Inputs.requireState(this, initial.hidden(), input.size(1), weights.hiddenSize());
    Inputs.requireState(this, initial.cell(), input.size(1), weights.hiddenSize());
    return SequenceOperation.of(Recurrence.Kind.LSTM, input, weights.hiddenSize());
  }

  /** The gates i, f and o, the candidate g, the cell c and the output h. */
  @Override
  public Activations activations(Tensor input) {
    Inputs.requireSequence(this, input);
    LstmState initial = initialState(input.size(1));
    SequenceOperation operation = operation(input, initial);
    Tensor output = run(operation, input, initial).output();
    Map<String, Tensor> gates = new LinkedHashMap<>();
    gates.put("i", weights.gate(operation.gates(), 0));
    gates.put("f", weights.gate(operation.gates(), 1));
    gates.put("g", weights.gate(operation.gates(), 2));
    gates.put("o", weights.gate(operation.gates(), 3));
    gates.put("c", operation.cells());
    gates.put("h", output);
    return new Activations(gates, output);
  }

  @Override
  public Tensor last(LstmState state) {
    return state.hidden();
  }

  @Override
  public LstmState initialState(int batch) {
    return new LstmState(weights.zeros(batch), weights.zeros(batch));
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
    return "Lstm " + weights;
  }
}
