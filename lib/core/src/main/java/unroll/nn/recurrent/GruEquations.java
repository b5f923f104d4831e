package unroll.nn.recurrent;

import static unroll.tensor.Tensors.concat;
import static unroll.tensor.Tensors.sigmoid;
import static unroll.tensor.Tensors.tanh;

import java.util.List;
import java.util.Map;
import unroll.backend.Recurrence;
import unroll.nn.LayerNorm;
import unroll.tensor.Tensor;

/**
 * r, z = sigmoid(norm_ih(W_ih x + b_ih) + norm_hh(W_hh h + b_hh)), n = tanh(norm_in(W_in x + b_in)
 * + r norm_hn(W_hn h + b_hn)), or with norm_hn(W_hn (r h) + b_hn) where the reset comes before the
 * product, h' = (1 - z) n + z h; the norms may be missing.
 */
record GruEquations(
    GateWeights weights, Map<String, LayerNorm> norms, String suffix, boolean resetBefore)
    implements Equations {

  @Override
  public Recurrence.Kind fused() {
    return norms.isEmpty() && !resetBefore ? Recurrence.Kind.GRU : null;
  }

  @Override
  public List<String> letters() {
    return List.of("r", "z", "n");
  }

  @Override
  public Tensor fromInput(Tensor x) {
    Tensor all = weights.fromInput(x);
    return norms.isEmpty()
        ? all
        : concat(norm("norm_ih", resetAndUpdate(all)), norm("norm_in", weights.gate(all, 2)));
  }

  @Override
  public Step step(Tensor fromInput, Tensor seen, List<Tensor> state) {
    boolean plain = norms.isEmpty() && !resetBefore;
    Tensor all = resetBefore ? weights.fromHidden(seen, 0, 2) : weights.fromHidden(seen);
    List<Tensor> a = Split.apart(fromInput, 3);
    List<Tensor> b =
        Split.apart(norms.isEmpty() ? all : norm("norm_hh", resetAndUpdate(all)), plain ? 3 : 2);
    Tensor r = sigmoid(a.get(0).plus(b.get(0)));
    Tensor z = sigmoid(a.get(1).plus(b.get(1)));
    Tensor past =
        resetBefore
            ? norm("norm_hn", weights.fromHidden(r.times(seen), 2, 3))
            : r.times(plain ? b.get(2) : norm("norm_hn", weights.gate(all, 2)));
    Tensor n = tanh(a.get(2).plus(past));
    Tensor h = z.negate().plus(1).times(n).plus(z.times(state.get(0)));
    return new Step(List.of(h), List.of(r, z, n));
  }

  private Tensor resetAndUpdate(Tensor all) {
    return all.slice(-1, 0, 2 * weights.hiddenSize());
  }

  GruEquations withResetBefore() {
    return new GruEquations(weights, norms, suffix, true);
  }
}
