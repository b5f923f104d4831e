package unroll.nn.recurrent;

import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.Map;
import unroll.autograd.Parameter;
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
 * h' = o tanh(c')
 * x             [batch, inputSize]
 * h, c          [batch, hiddenSize]
 * weight_ih     [4 hiddenSize, inputSize],  weight_hh [4 hiddenSize, hiddenSize]
 * bias_ih, _hh  [4 hiddenSize]; blocks in the order i, f, g, o
 * </pre>
 *
 * <p>All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize. The same as PyTorch's
 * {@code nn.LSTMCell}.
 */
public final class LstmCell implements RecurrentCell<LstmState> {

  private final GateWeights weights;

  LstmCell(GateWeights weights) {
    this.weights = weights;
  }

  /** A cell whose numbers come from the session's generator. */
  public static LstmCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static LstmCell of(int inputSize, int hiddenSize, Generator generator) {
    return new LstmCell(GateWeights.draw("LstmCell", 4, inputSize, hiddenSize, "", generator));
  }

  @Override
  public LstmState step(Tensor x, LstmState state) {
    Tensor h = state.hidden();
    Inputs.requireStep("LstmCell", x, weights.inputSize(), h, weights.hiddenSize());
    Inputs.requireState("LstmCell.step", state.cell(), x.size(0), weights.hiddenSize());
    Tensor a = weights.fromInput(x).plus(weights.fromHidden(h));
    Tensor i = sigmoid(weights.gate(a, 0));
    Tensor f = sigmoid(weights.gate(a, 1));
    Tensor g = tanh(weights.gate(a, 2));
    Tensor o = sigmoid(weights.gate(a, 3));
    Tensor c = f.times(state.cell()).plus(i.times(g));
    return new LstmState(o.times(tanh(c)), c);
  }

  @Override
  public LstmState initialState(int batch) {
    return new LstmState(weights.zeros(batch), weights.zeros(batch));
  }

  @Override
  public Tensor output(LstmState state) {
    return state.hidden();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return weights.parameters();
  }

  @Override
  public String toString() {
    return "LstmCell " + weights;
  }
}
