package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * A GRU with layer normalisation (Ba et al. 2016), one step at a time.
 *
 * <pre>
 * a = norm_ih(W_ir,iz x) + norm_hh(W_hr,hz h), each normalised over the 2 hiddenSize numbers of both
 * r = sigmoid(a_r),  z = sigmoid(a_z)
 * n = tanh(norm_in(W_in x) + r norm_hn(W_hn h)); reset before the product, by {@link Gru#resetBefore}:
 * n = tanh(norm_in(W_in x) + norm_hn(W_hn (r h)))
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

  private final GruEquations equations;

  LayerNormGruCell(GruEquations equations) {
    this.equations = equations;
  }

  /** A cell whose numbers come from the session's generator. */
  public static LayerNormGruCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell whose numbers come from the given generator. */
  public static LayerNormGruCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights.requireSizes("LayerNormGruCell", inputSize, hiddenSize);
    Formula formula = Formula.of(Recurrence.Kind.GRU, hiddenSize).withNorm();
    return new LayerNormGruCell(formula.gru(inputSize, "", Supply.of(generator)));
  }

  @Override
  public Tensor step(Tensor x, Tensor h) {
    GateWeights weights = equations.weights();
    Inputs.requireStep("LayerNormGruCell", x, weights.inputSize(), h, weights.hiddenSize());
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
    return "LayerNormGruCell "
        + equations.weights()
        + (equations.resetBefore() ? " reset before" : "");
  }
}
