package unroll.nn.recurrent;

import java.util.List;
import java.util.Map;
import unroll.backend.Recurrence;
import unroll.backend.Unary;
import unroll.nn.LayerNorm;
import unroll.tensor.Tensor;

/** h' = tanh(norm(W_ih x + b_ih + W_hh h + b_hh)), or with a rectifier; the norm may be missing. */
record RnnEquations(GateWeights weights, Map<String, LayerNorm> norms, String suffix, boolean relu)
    implements Equations {

  @Override
  public Recurrence.Kind fused() {
    if (!norms.isEmpty()) {
      return null;
    }
    return relu ? Recurrence.Kind.RNN_RELU : Recurrence.Kind.RNN_TANH;
  }

  @Override
  public List<String> letters() {
    return List.of();
  }

  @Override
  public Tensor fromInput(Tensor x) {
    return weights.fromInput(x);
  }

  @Override
  public Step step(Tensor fromInput, Tensor seen, List<Tensor> state) {
    Tensor a = norm("norm", fromInput.plus(weights.fromHidden(seen)));
    return new Step(List.of(a.map(relu ? Unary.RELU : Unary.TANH)), List.of());
  }

  RnnEquations withRelu() {
    return new RnnEquations(weights, norms, suffix, true);
  }
}
