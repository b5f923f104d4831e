package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The gated recurrent unit (Cho et al. 2014), one step at a time. It does with two gates and no
 * separate cell what the LSTM does with three. By default it is the variant of cuDNN and PyTorch:
 * the reset gate is applied after the product with W_hn; {@link #resetBefore} is the paper's.
 *
 * <pre>
 * r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)        what of the past the candidate sees
 * z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)        what to keep
 * n = tanh(W_in x + b_in + r (W_hn h + b_hn))       the candidate; reset before the product:
 * n = tanh(W_in x + b_in + W_hn (r h) + b_hn)
 * h' = (1 - z) n + z h
 * x             [batch, inputSize]
 * h, h'         [batch, hiddenSize]
 * weight_ih     [3 hiddenSize, inputSize],  weight_hh [3 hiddenSize, hiddenSize]
 * bias_ih, _hh  [3 hiddenSize]; blocks in the order r, z, n
 * </pre>
 *
 * <p>All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize. The same as PyTorch's
 * {@code nn.GRUCell}, which has no reset before the product.
 */
public final class GruCell implements RecurrentCell<Tensor> {

  private final GruEquations equations;

  GruCell(GruEquations equations) {
    this.equations = equations;
  }

  /** A cell whose numbers come from the session's generator. */
  public static GruCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static GruCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights.requireSizes("GruCell", inputSize, hiddenSize);
    Formula formula = Formula.of(Recurrence.Kind.GRU, hiddenSize);
    return new GruCell(formula.gru(inputSize, "", Supply.of(generator)));
  }

  /** The same parameters with the reset gate applied before the product (Cho et al. 2014). */
  public GruCell resetBefore() {
    return new GruCell(equations.withResetBefore());
  }

  /** Whether the reset gate is applied before the product. */
  public boolean isResetBefore() {
    return equations.resetBefore();
  }

  @Override
  public Tensor step(Tensor x, Tensor h) {
    GateWeights weights = equations.weights();
    Inputs.requireStep("GruCell", x, weights.inputSize(), h, weights.hiddenSize());
    return equations.step(equations.fromInput(x), h, List.of(h)).state().get(0);
  }

  @Override
  public Tensor initialState(int batch) {
    return equations.zeros(batch).get(0);
  }

  @Override
  public Map<String, Parameter> parameters() {
    return equations.parameters();
  }

  @Override
  public String toString() {
    return "GruCell " + equations.weights() + (equations.resetBefore() ? " reset before" : "");
  }
}
