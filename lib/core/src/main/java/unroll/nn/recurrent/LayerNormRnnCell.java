package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
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

  private final RnnEquations equations;

  LayerNormRnnCell(RnnEquations equations) {
    this.equations = equations;
  }

  /** A cell with tanh; its numbers come from the session's generator. */
  public static LayerNormRnnCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell with tanh; its numbers come from the given generator. */
  public static LayerNormRnnCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights.requireSizes("LayerNormRnnCell", inputSize, hiddenSize);
    Formula formula = Formula.of(Recurrence.Kind.RNN_TANH, hiddenSize).withNorm();
    return new LayerNormRnnCell(formula.rnn(inputSize, "", Supply.of(generator)));
  }

  /** The same parameters with a rectifier. */
  public LayerNormRnnCell relu() {
    return new LayerNormRnnCell(equations.withRelu());
  }

  @Override
  public Tensor step(Tensor x, Tensor h) {
    GateWeights weights = equations.weights();
    Inputs.requireStep("LayerNormRnnCell", x, weights.inputSize(), h, weights.hiddenSize());
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
    return "LayerNormRnnCell " + equations.weights() + (equations.relu() ? " relu" : "");
  }
}
