package unroll.nn.recurrent;

import java.util.List;
import unroll.backend.Recurrence;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * The gated recurrent unit (Cho et al. 2014) over whole sequences; {@link GruCell} states the
 * equations, {@link LayerNormGruCell} those with {@link #layerNorm}.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, hiddenSize]
 * state   [batch, hiddenSize]
 * weight_ih_l0 [3 hiddenSize, inputSize],  weight_hh_l0 [3 hiddenSize, hiddenSize]
 * bias_ih_l0, bias_hh_l0 [3 hiddenSize]; blocks in the order r, z, n
 * </pre>
 *
 * <p>The reset gate is applied after the product, as in PyTorch's {@code nn.GRU} and cuDNN; {@link
 * #resetBefore} is the paper's. All parameters start uniform between -1/√hiddenSize and
 * 1/√hiddenSize.
 */
public final class Gru extends RecurrentLayer<Tensor, Gru> {

  private Gru(Formula formula, Wiring wiring, Supply supply) {
    super(formula, wiring, supply);
  }

  /** A layer whose numbers come from the session's generator. */
  public static Gru of(int inputSize, int hiddenSize) {
    return of(inputSize, hiddenSize, Generator.session());
  }

  /** A layer whose numbers come from the given generator. */
  public static Gru of(int inputSize, int hiddenSize, Generator generator) {
    return new Gru(
        Formula.of(Recurrence.Kind.GRU, hiddenSize), Wiring.of(inputSize), Supply.of(generator));
  }

  @Override
  Gru with(Formula other, Wiring wires, Supply supply) {
    return new Gru(other, wires, supply);
  }

  /**
   * The same parameters with the reset gate applied before the product (Cho et al. 2014). It runs
   * step by step, slower than without.
   */
  public Gru resetBefore() {
    return with(formula.withResetBefore());
  }

  /** Whether the reset gate is applied before the product. */
  public boolean isResetBefore() {
    return formula.resetBefore();
  }

  @Override
  public RecurrentCell<Tensor> cell() {
    requireOneTrack();
    GruEquations equations = (GruEquations) tracks.first();
    return formula.normed() ? new LayerNormGruCell(equations) : new GruCell(equations);
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
