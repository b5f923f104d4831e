package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * An LSTM with layer normalisation (Ba et al. 2016), one step at a time: the gates get numbers of
 * one size whatever the size of the weights, which makes training steadier.
 *
 * <pre>
 * a = norm_ih(W_ih x) + norm_hh(W_hh h), each normalised over the 4 hiddenSize numbers of all gates
 * i = sigmoid(a_i),  f = sigmoid(a_f),  g = tanh(a_g),  o = sigmoid(a_o)
 * c' = f c + i g
 * h' = o tanh(norm_c(c')), of a layer with a {@linkplain Lstm#projection projection} W_hr times that
 * x          [batch, inputSize]
 * h, c       [batch, hiddenSize]
 * weight_ih  [4 hiddenSize, inputSize],  weight_hh [4 hiddenSize, hiddenSize]
 * norm_ih, norm_hh  weight and bias [4 hiddenSize];  norm_c  weight and bias [hiddenSize]
 *            blocks in the order i, f, g, o
 * </pre>
 *
 * <p>The norms' biases take the place of the paper's b. Weights start uniform between
 * -1/√hiddenSize and 1/√hiddenSize, the norms' weights at one and their biases at zero. PyTorch has
 * no such cell; TensorFlow's normalises each gate by itself.
 */
public final class LayerNormLstmCell implements RecurrentCell<LstmState> {

  private final LstmEquations equations;

  LayerNormLstmCell(LstmEquations equations) {
    this.equations = equations;
  }

  /** A cell whose numbers come from the session's generator. */
  public static LayerNormLstmCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static LayerNormLstmCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights.requireSizes("LayerNormLstmCell", inputSize, hiddenSize);
    Formula formula = Formula.of(Recurrence.Kind.LSTM, hiddenSize).withNorm();
    return new LayerNormLstmCell(formula.lstm(inputSize, "", Supply.of(generator)));
  }

  @Override
  public LstmState step(Tensor x, LstmState state) {
    GateWeights weights = equations.weights();
    Inputs.requireStep(
        "LayerNormLstmCell", x, weights.inputSize(), state.hidden(), weights.shownSize());
    Inputs.requireState("LayerNormLstmCell.step", state.cell(), x.size(0), weights.hiddenSize());
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
    return "LayerNormLstmCell " + equations.weights();
  }
}
