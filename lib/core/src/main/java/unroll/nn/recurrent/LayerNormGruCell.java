package unroll.nn.recurrent;

import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.LayerNorm;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * A GRU with layer normalisation (Ba et al. 2016), one step at a time.
 *
 * <pre>
 * a = norm_ih(W_ir,iz x) + norm_hh(W_hr,hz h), each normalised over the 2 hiddenSize numbers of both
 * r = sigmoid(a_r),  z = sigmoid(a_z)
 * n = tanh(norm_in(W_in x) + r norm_hn(W_hn h))
 * h' = (1 - z) n + z h
 * x          [batch, inputSize]
 * h, h'      [batch, hiddenSize]
 * weight_ih  [3 hiddenSize, inputSize],  weight_hh [3 hiddenSize, hiddenSize]; blocks r, z, n
 * norm_ih, norm_hh  weight and bias [2 hiddenSize]; blocks r, z
 * norm_in, norm_hn  weight and bias [hiddenSize]
 * </pre>
 *
 * <p>The norms' biases take the place of the GRU's. Weights start uniform between -1/√hiddenSize
 * and 1/√hiddenSize, the norms' weights at one and their biases at zero. The paper's z is our 1 -
 * z. PyTorch has no such cell.
 */
public final class LayerNormGruCell implements RecurrentCell<Tensor> {

  private final GateWeights weights;
  private final LayerNorm normIh;
  private final LayerNorm normHh;
  private final LayerNorm normIn;
  private final LayerNorm normHn;

  private LayerNormGruCell(GateWeights weights) {
    int size = weights.hiddenSize();
    this.weights = weights;
    normIh = LayerNorm.of(2 * size);
    normHh = LayerNorm.of(2 * size);
    normIn = LayerNorm.of(size);
    normHn = LayerNorm.of(size);
  }

  /** A cell whose numbers come from the session's generator. */
  public static LayerNormGruCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static LayerNormGruCell of(int inputSize, int hiddenSize, Generator generator) {
    return new LayerNormGruCell(
        GateWeights.draw("LayerNormGruCell", 3, inputSize, hiddenSize, "", generator)
            .withoutBias());
  }

  @Override
  public Tensor step(Tensor x, Tensor h) {
    Inputs.requireStep("LayerNormGruCell", x, weights.inputSize(), h, weights.hiddenSize());
    int size = weights.hiddenSize();
    Tensor fromInput = weights.fromInput(x);
    Tensor fromHidden = weights.fromHidden(h);
    Tensor a =
        normIh
            .apply(fromInput.slice(-1, 0, 2 * size))
            .plus(normHh.apply(fromHidden.slice(-1, 0, 2 * size)));
    Tensor r = sigmoid(weights.gate(a, 0));
    Tensor z = sigmoid(weights.gate(a, 1));
    Tensor past = r.times(normHn.apply(weights.gate(fromHidden, 2)));
    Tensor n = tanh(normIn.apply(weights.gate(fromInput, 2)).plus(past));
    return z.negate().plus(1).times(n).plus(z.times(h));
  }

  @Override
  public Tensor initialState(int batch) {
    return weights.zeros(batch);
  }

  @Override
  public Map<String, Parameter> parameters() {
    return Norms.parameters(
        weights,
        Map.of("norm_ih", normIh, "norm_hh", normHh, "norm_in", normIn, "norm_hn", normHn));
  }

  @Override
  public String toString() {
    return "LayerNormGruCell " + weights;
  }
}
