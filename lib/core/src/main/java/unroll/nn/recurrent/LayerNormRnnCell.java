package unroll.nn.recurrent;

import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Unary;
import unroll.nn.LayerNorm;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The plain recurrent neuron with layer normalisation (Ba et al. 2016), one step at a time.
 *
 * <pre>
 * h' = tanh(norm(W_ih x + W_hh h)), or with a rectifier in place of tanh
 * x          [batch, inputSize]
 * h, h'      [batch, hiddenSize]
 * weight_ih  [hiddenSize, inputSize],  weight_hh [hiddenSize, hiddenSize]
 * norm       weight and bias [hiddenSize]
 * </pre>
 *
 * <p>The norm's bias takes the place of the cell's. Weights start uniform between -1/√hiddenSize
 * and 1/√hiddenSize, the norm's weight at one and its bias at zero. PyTorch has no such cell.
 */
public final class LayerNormRnnCell implements RecurrentCell<Tensor> {

  private final GateWeights weights;
  private final LayerNorm norm;
  private final boolean relu;

  private LayerNormRnnCell(GateWeights weights, LayerNorm norm, boolean relu) {
    this.weights = weights;
    this.norm = norm;
    this.relu = relu;
  }

  /** A cell with tanh; its numbers come from the session's generator. */
  public static LayerNormRnnCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell with tanh; its numbers come from the given generator. */
  public static LayerNormRnnCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights weights =
        GateWeights.draw("LayerNormRnnCell", 1, inputSize, hiddenSize, "", generator);
    return new LayerNormRnnCell(weights.withoutBias(), LayerNorm.of(hiddenSize), false);
  }

  /** The same parameters with a rectifier. */
  public LayerNormRnnCell relu() {
    return new LayerNormRnnCell(weights, norm, true);
  }

  @Override
  public Tensor step(Tensor x, Tensor h) {
    Inputs.requireStep("LayerNormRnnCell", x, weights.inputSize(), h, weights.hiddenSize());
    Tensor a = norm.apply(weights.fromInput(x).plus(weights.fromHidden(h)));
    return a.map(relu ? Unary.RELU : Unary.TANH);
  }

  @Override
  public Tensor initialState(int batch) {
    return weights.zeros(batch);
  }

  @Override
  public Map<String, Parameter> parameters() {
    return Norms.parameters(weights, Map.of("norm", norm));
  }

  @Override
  public String toString() {
    return "LayerNormRnnCell " + weights + (relu ? " relu" : "");
  }
}
