package unroll.nn.recurrent;

import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.Map;
import unroll.autograd.Parameter;
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

  private final GateWeights weights;
  private final boolean resetBefore;

  GruCell(GateWeights weights) {
    this(weights, false);
  }

  GruCell(GateWeights weights, boolean resetBefore) {
    this.weights = weights;
    this.resetBefore = resetBefore;
  }

  /** A cell whose numbers come from the session's generator. */
  public static GruCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static GruCell of(int inputSize, int hiddenSize, Generator generator) {
    return new GruCell(GateWeights.draw("GruCell", 3, inputSize, hiddenSize, "", generator));
  }

  /** The same parameters with the reset gate applied before the product (Cho et al. 2014). */
  public GruCell resetBefore() {
    return new GruCell(weights, true);
  }

  /** Whether the reset gate is applied before the product. */
  public boolean isResetBefore() {
    return resetBefore;
  }

  @Override
  public Tensor step(Tensor x, Tensor h) {
    Inputs.requireStep("GruCell", x, weights.inputSize(), h, weights.hiddenSize());
    return resetBefore ? before(x, h) : after(x, h);
  }

  private Tensor before(Tensor x, Tensor h) {
    Tensor a = weights.fromInput(x);
    Tensor b = weights.fromHidden(h, 0, 2);
    Tensor r = sigmoid(weights.gate(a, 0).plus(weights.gate(b, 0)));
    Tensor z = sigmoid(weights.gate(a, 1).plus(weights.gate(b, 1)));
    Tensor n = tanh(weights.gate(a, 2).plus(weights.fromHidden(r.times(h), 2, 3)));
    return z.negate().plus(1).times(n).plus(z.times(h));
  }

  private Tensor after(Tensor x, Tensor h) {
    Tensor a = weights.fromInput(x);
    Tensor b = weights.fromHidden(h);
    Tensor r = sigmoid(weights.gate(a, 0).plus(weights.gate(b, 0)));
    Tensor z = sigmoid(weights.gate(a, 1).plus(weights.gate(b, 1)));
    Tensor n = tanh(weights.gate(a, 2).plus(r.times(weights.gate(b, 2))));
    return z.negate().plus(1).times(n).plus(z.times(h));
  }

  @Override
  public Tensor initialState(int batch) {
    return weights.zeros(batch);
  }

  @Override
  public Map<String, Parameter> parameters() {
    return weights.parameters();
  }

  @Override
  public String toString() {
    return "GruCell " + weights + (resetBefore ? " reset before" : "");
  }
}
