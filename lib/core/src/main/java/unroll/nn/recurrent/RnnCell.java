package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.nn.Activation;
import unroll.nn.Initializer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The plain recurrent neuron (Elman 1990), one step at a time.
 *
 * <pre>
 * h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or with a rectifier in place of tanh
 * x          [batch, inputSize]
 * h, h'      [batch, hiddenSize]
 * weight_ih  [hiddenSize, inputSize],  weight_hh [hiddenSize, hiddenSize],  biases [hiddenSize]
 * </pre>
 *
 * <p>All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize. The same as PyTorch's
 * {@code nn.RNNCell}.
 */
public final class RnnCell implements RecurrentCell<Tensor> {

  private final RnnEquations equations;

  RnnCell(RnnEquations equations) {
    this.equations = equations;
  }

  /** A cell with tanh; its numbers come from the session's generator. */
  public static RnnCell of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A cell with tanh; its numbers come from the given generator. */
  public static RnnCell of(int inputSize, int hiddenSize, Generator generator) {
    GateWeights.requireSizes("RnnCell", inputSize, hiddenSize);
    Formula formula = Formula.of(Recurrence.Kind.RNN_TANH, hiddenSize);
    return new RnnCell(formula.rnn(inputSize, "", Supply.of(generator)));
  }

  /** An IRNN whose numbers come from the session's generator. */
  public static RnnCell irnn(int inputSize, int hiddenSize) {
    return irnn(inputSize, hiddenSize, Generator.session());
  }

  /**
   * An IRNN (Le et al. 2015): rectifiers whose recurrent weights start as the identity and whose
   * biases start at zero, so that the network starts by remembering all that it has seen; {@code
   * weight_ih} starts normal with standard deviation 0.001. It bridges longer lags than tanh does.
   */
  public static RnnCell irnn(int inputSize, int hiddenSize, Generator generator) {
    RnnCell cell = of(inputSize, hiddenSize, generator).relu();
    cell.initialize("weight_ih", Initializer.normal(0, 0.001), generator);
    cell.initialize("weight_hh", Initializer.identity(), generator);
    cell.initialize("bias_*", Initializer.constant(0), generator);
    return cell;
  }

  /** The same parameters with a rectifier. */
  public RnnCell relu() {
    return new RnnCell(equations.withRelu());
  }

  /** What is applied to the sum: tanh or the rectifier. */
  public Activation nonlinearity() {
    return equations.relu() ? Activation.RELU : Activation.TANH;
  }

  @Override
  public Tensor step(Tensor x, Tensor h) {
    GateWeights weights = equations.weights();
    Inputs.requireStep("RnnCell", x, weights.inputSize(), h, weights.hiddenSize());
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
    return "RnnCell " + equations.weights() + (equations.relu() ? " relu" : "");
  }
}
