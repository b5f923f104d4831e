package unroll.nn.recurrent;

import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.nn.LayerNorm;
import unroll.nn.Linear;
import unroll.tensor.Tensor;

/**
 * a = norm_ih(W_ih x + b_ih) + norm_hh(W_hh h + b_hh), c' = f c + i g, h' = W_hr (o
 * tanh(norm_c(c'))); the norms and the projection may be missing.
 *
 * @param weightHr [shownSize, hiddenSize], or null
 */
record LstmEquations(
    GateWeights weights, Parameter weightHr, Map<String, LayerNorm> norms, String suffix)
    implements Equations {

  @Override
  public Recurrence.Kind fused() {
    return norms.isEmpty() && weightHr == null ? Recurrence.Kind.LSTM : null;
  }

  @Override
  public List<String> letters() {
    return List.of("i", "f", "g", "o");
  }

  @Override
  public List<Integer> stateSizes() {
    return List.of(weights.shownSize(), weights.hiddenSize());
  }

  @Override
  public Tensor fromInput(Tensor x) {
    return norm("norm_ih", weights.fromInput(x));
  }

  @Override
  public Step step(Tensor fromInput, Tensor seen, List<Tensor> state) {
    Tensor a = fromInput.plus(norm("norm_hh", weights.fromHidden(seen)));
    List<Tensor> gates = Split.apart(a, 4);
    Tensor i = sigmoid(gates.get(0));
    Tensor f = sigmoid(gates.get(1));
    Tensor g = tanh(gates.get(2));
    Tensor o = sigmoid(gates.get(3));
    Tensor c = f.times(state.get(1)).plus(i.times(g));
    Tensor h = o.times(tanh(norm("norm_c", c)));
    Tensor shown = weightHr == null ? h : Linear.apply(h, weightHr.value(), null);
    return new Step(List.of(shown, c), List.of(i, f, g, o));
  }

  /** PyTorch's order: weight_hr after the biases. */
  @Override
  public Map<String, Parameter> parameters() {
    if (weightHr == null) {
      return Equations.super.parameters();
    }
    Map<String, Parameter> all = new LinkedHashMap<>(weights.parameters());
    all.put(weightHr.name(), weightHr);
    all.putAll(Equations.super.parameters());
    return Collections.unmodifiableMap(all);
  }
}
