package unroll.nn.recurrent;

import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Initializer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * An LSTM whose gates also see its memory (Gers and Schmidhuber 2000), one step at a time. A plain
 * LSTM's gates see only what the output gate shows; with peepholes they can time: a cell may count
 * steps and act at the tenth.
 *
 * <pre>
 * i = sigmoid(W_ii x + b_ii + W_hi h + b_hi + p_i c)     what to write
 * f = sigmoid(W_if x + b_if + W_hf h + b_hf + p_f c)     what to keep
 * g = tanh   (W_ig x + b_ig + W_hg h + b_hg)             the candidate
 * c' = f c + i g
 * o = sigmoid(W_io x + b_io + W_ho h + b_ho + p_o c')    what to show
 * h' = o tanh(c')
 * x             [batch, inputSize]
 * h, c          [batch, hiddenSize]
 * weight_ih     [4 hiddenSize, inputSize],  weight_hh [4 hiddenSize, hiddenSize]
 * bias_ih, _hh  [4 hiddenSize]; blocks in the order i, f, g, o
 * weight_ch     p, [3 hiddenSize], a number for each unit; blocks in the order i, f, o
 * </pre>
 *
 * <p>All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize; with {@code weight_ch}
 * at zero it is an {@link LstmCell}. PyTorch has no such cell.
 */
public final class PeepholeLstmCell implements RecurrentCell<LstmState> {

  private final GateWeights weights;
  private final Parameter peepholes;

  private PeepholeLstmCell(GateWeights weights, Parameter peepholes) {
    this.weights = weights;
    this.peepholes = peepholes;
  }

  /** A cell whose numbers come from the session's generator. */
  public static PeepholeLstmCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static PeepholeLstmCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights weights =
        GateWeights.draw("PeepholeLstmCell", 4, inputSize, hiddenSize, "", generator);
    return new PeepholeLstmCell(
        weights, Initializer.uniform(hiddenSize).parameter(generator, "weight_ch", 3 * hiddenSize));
  }

  @Override
  public LstmState step(Tensor x, LstmState state) {
    Tensor h = state.hidden();
    Inputs.requireStep("PeepholeLstmCell", x, weights.inputSize(), h, weights.hiddenSize());
    Inputs.requireState("PeepholeLstmCell.step", state.cell(), x.size(0), weights.hiddenSize());
    Tensor a = weights.fromInput(x).plus(weights.fromHidden(h));
    Tensor p = peepholes.value();
    Tensor i = sigmoid(weights.gate(a, 0).plus(weights.gate(p, 0).times(state.cell())));
    Tensor f = sigmoid(weights.gate(a, 1).plus(weights.gate(p, 1).times(state.cell())));
    Tensor g = tanh(weights.gate(a, 2));
    Tensor c = f.times(state.cell()).plus(i.times(g));
    Tensor o = sigmoid(weights.gate(a, 3).plus(weights.gate(p, 2).times(c)));
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
    Map<String, Parameter> all = new LinkedHashMap<>(weights.parameters());
    all.put(peepholes.name(), peepholes);
    return all;
  }

  @Override
  public String toString() {
    return "PeepholeLstmCell " + weights;
  }
}
