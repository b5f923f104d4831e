package unroll.nn.recurrent;

import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.LayerNorm;
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
 * h' = o tanh(norm_c(c'))
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

  private final GateWeights weights;
  private final LayerNorm normIh;
  private final LayerNorm normHh;
  private final LayerNorm normC;

  private LayerNormLstmCell(GateWeights weights) {
    int size = weights.hiddenSize();
    this.weights = weights;
    normIh = LayerNorm.of(4 * size);
    normHh = LayerNorm.of(4 * size);
    normC = LayerNorm.of(size);
  }

  /** A cell whose numbers come from the session's generator. */
  public static LayerNormLstmCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static LayerNormLstmCell of(int inputSize, int hiddenSize, Generator generator) {
    return new LayerNormLstmCell(
        GateWeights.draw("LayerNormLstmCell", 4, inputSize, hiddenSize, "", generator)
            .withoutBias());
  }

  @Override
  public LstmState step(Tensor x, LstmState state) {
    Tensor h = state.hidden();
    Inputs.requireStep("LayerNormLstmCell", x, weights.inputSize(), h, weights.hiddenSize());
    Inputs.requireState("LayerNormLstmCell.step", state.cell(), x.size(0), weights.hiddenSize());
    Tensor a = normIh.apply(weights.fromInput(x)).plus(normHh.apply(weights.fromHidden(h)));
    Tensor i = sigmoid(weights.gate(a, 0));
    Tensor f = sigmoid(weights.gate(a, 1));
    Tensor g = tanh(weights.gate(a, 2));
    Tensor o = sigmoid(weights.gate(a, 3));
    Tensor c = f.times(state.cell()).plus(i.times(g));
    return new LstmState(o.times(tanh(normC.apply(c))), c);
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
    return Norms.parameters(weights, Map.of("norm_ih", normIh, "norm_hh", normHh, "norm_c", normC));
  }

  @Override
  public String toString() {
    return "LayerNormLstmCell " + weights;
  }
}
