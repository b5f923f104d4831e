package unroll.nn.recurrent;

import java.util.List;
import unroll.backend.Recurrence;
import unroll.nn.Activation;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The plain recurrent network (Elman 1990) over whole sequences; {@link RnnCell} states the
 * equations, {@link LayerNormRnnCell} those with {@link #layerNorm}.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, hiddenSize]
 * state   [batch, hiddenSize]
 * weight_ih_l0 [hiddenSize, inputSize],  weight_hh_l0 [hiddenSize, hiddenSize]
 * bias_ih_l0, bias_hh_l0 [hiddenSize]
 * </pre>
 *
 * <p>All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize. The same as PyTorch's
 * {@code nn.RNN}.
 */
public final class Rnn extends RecurrentLayer<Tensor, Rnn> {

  private Rnn(Formula formula, Wiring wiring, Supply supply) {
    super(formula, wiring, supply);
  }

  /** A layer with tanh; its numbers come from the session's generator. */
  public static Rnn of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A layer with tanh; its numbers come from the given generator. */
  public static Rnn of(int inputSize, int hiddenSize, Generator generator) {
    return new Rnn(
        Formula.of(Recurrence.Kind.RNN_TANH, hiddenSize),
        Wiring.of(inputSize),
        Supply.of(generator));
  }

  @Override
  Rnn with(Formula other, Wiring wires, Supply supply) {
    return new Rnn(other, wires, supply);
  }

  /** The same parameters with a rectifier in place of tanh. */
  public Rnn relu() {
    return with(formula.relu());
  }

  /** What is applied to the sum: tanh or the rectifier. */
  public Activation nonlinearity() {
    return formula.isRelu() ? Activation.RELU : Activation.TANH;
  }

  @Override
  public RecurrentCell<Tensor> cell() {
    requireOneTrack();
    RnnEquations equations = (RnnEquations) tracks.first();
    return formula.normed() ? new LayerNormRnnCell(equations) : new RnnCell(equations);
  }

  @Override
  List<Tensor> parts(Tensor state) {
    return List.of(state);
  }

  @Override
  Tensor state(List<Tensor> parts) {
    return parts.get(0);
  }
}
