package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with a forget gate (Gers et al. 2000),
 * one step at a time. The cell c is a memory that time passes through unchanged while f is one and
 * i is zero: gradients neither vanish nor explode along it.
 *
 * <pre>
 * i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)     what to write
 * f = sigmoid(W_if x + b_if + W_hf h + b_hf)     what to keep
 * g = tanh   (W_ig x + b_ig + W_hg h + b_hg)     the candidate
 * o = sigmoid(W_io x + b_io + W_ho h + b_ho)     what to show
 * c' = f c + i g
 * h' = o tanh(c'); of a layer with a {@linkplain Lstm#projection projection} h' = W_hr (o tanh(c'))
 * x             [batch, inputSize]
 * h, c          [batch, hiddenSize]
 * weight_ih     [4 hiddenSize, inputSize],  weight_hh [4 hiddenSize, hiddenSize]
 * bias_ih, _hh  [4 hiddenSize]; blocks in the order i, f, g, o
 * weight_hr     [size, hiddenSize] with a projection; then h is [batch, size], weight_hh [4 hiddenSize, size]
 * </pre>
 *
 * <p>All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize. The same as PyTorch's
 * {@code nn.LSTMCell}.
 */
public final class LstmCell implements RecurrentCell<LstmState> {

  private final LstmEquations equations;

  LstmCell(LstmEquations equations) {
    this.equations = equations;
  }

  /** A cell whose numbers come from the session's generator. */
  public static LstmCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static LstmCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights.requireSizes("LstmCell", inputSize, hiddenSize);
    Formula formula = Formula.of(Recurrence.Kind.LSTM, hiddenSize);
    return new LstmCell(formula.lstm(inputSize, "", Supply.of(generator)));
  }

  @Override
  public LstmState step(Tensor x, LstmState state) {
    GateWeights weights = equations.weights();
    Inputs.requireStep("LstmCell", x, weights.inputSize(), state.hidden(), weights.shownSize());
    Inputs.requireState("LstmCell.step", state.cell(), x.size(0), weights.hiddenSize());
    List<Tensor> before = List.of(state.hidden(), state.cell());
    List<Tensor> after = equations.step(equations.fromInput(x), state.hidden(), before).state();
    return new LstmState(after.get(0), after.get(1));
  }

  @Override
  public LstmState initialState(int batch) {
    List<Tensor> zeros = equations.zeros(batch);
    return new LstmState(zeros.get(0), zeros.get(1));
  }

  @Override
  public Tensor output(LstmState state) {
    return state.hidden();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return equations.parameters();
  }

  @Override
  public String toString() {
    return "LstmCell "
        + equations.weights()
        + (equations.weightHr() == null ? "" : " projected to " + equations.weights().shownSize());
  }
}
