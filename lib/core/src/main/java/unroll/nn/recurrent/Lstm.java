package unroll.nn.recurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000) over
 * whole sequences; {@link LstmCell} states the equations, {@link LayerNormLstmCell} those with
 * {@link #layerNorm}.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, hiddenSize]
 * state   hidden and cell, [batch, hiddenSize] each
 * weight_ih_l0 [4 hiddenSize, inputSize],  weight_hh_l0 [4 hiddenSize, hiddenSize]
 * bias_ih_l0, bias_hh_l0 [4 hiddenSize]; blocks in the order i, f, g, o
 * </pre>
 *
 * <p>With a {@linkplain #projection projection} the output and the hidden state are [..., size],
 * {@code weight_hh_l0} is [4 hiddenSize, size], and there is {@code weight_hr_l0} [size,
 * hiddenSize]. All parameters start uniform between -1/√hiddenSize and 1/√hiddenSize. The same as
 * PyTorch's {@code nn.LSTM}.
 */
public final class Lstm extends RecurrentLayer<LstmState, Lstm> {

  private Lstm(Formula formula, Wiring wiring, Supply supply) {
    super(formula, wiring, supply);
  }

  /** A layer whose numbers come from the session's generator. */
  public static Lstm of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A layer whose numbers come from the given generator. */
  public static Lstm of(int inputSize, int hiddenSize, Generator generator) {
    return new Lstm(
        Formula.of(Recurrence.Kind.LSTM, hiddenSize), Wiring.of(inputSize), Supply.of(generator));
  }

  @Override
  Lstm with(Formula other, Wiring wires, Supply supply) {
    return new Lstm(other, wires, supply);
  }

  /**
   * With the hidden state projected to a smaller one, h' = W_hr (o tanh(c')) (Sak et al. 2014): the
   * cell can be large without a large square matrix. It runs step by step, slower than without.
   *
   * @param size from 1 to hiddenSize - 1
   */
  public Lstm projection(int size) {
    if (size < 1 || size >= hiddenSize()) {
      throw new IllegalArgumentException(
          "Lstm.projection: size must be 1 to %d, less than hiddenSize, got %d"
              .formatted(hiddenSize() - 1, size));
    }
    return with(formula.withProjection(size));
  }

  /**
   * With forget gates whose biases start with a value, 1 in most cases: a new network then forgets
   * slowly, and learns longer dependences sooner (Gers et al. 2000; Jozefowicz et al. 2015). All
   * biases are drawn anew; PyTorch's two biases of a gate add up to the value.
   */
  public Lstm forgetBias(double value) {
    if (!formula.biased() && !formula.normed()) {
      throw new IllegalStateException(
          this + ".forgetBias: the layer has no biases; call it before withoutBias, or not at all");
    }
    Map<String, Parameter> known = new LinkedHashMap<>(parameters());
    known.keySet().removeIf(name -> name.contains("bias"));
    Supply supply = new Supply(known, Map.of(), supply().generator());
    return with(formula.withForgetBias(value), wiring, supply);
  }

  @Override
  public RecurrentCell<LstmState> cell() {
    requireOneTrack();
    LstmEquations equations = (LstmEquations) tracks.first();
    return formula.normed() ? new LayerNormLstmCell(equations) : new LstmCell(equations);
  }

  @Override
  List<Tensor> parts(LstmState state) {
    return List.of(state.hidden(), state.cell());
  }

  @Override
  LstmState state(List<Tensor> parts) {
    return new LstmState(parts.get(0), parts.get(1));
  }
}
