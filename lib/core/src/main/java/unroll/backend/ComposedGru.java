package unroll.backend;

import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/**
 * n = tanh(W_in x + b_in + r (W_hn h + b_hn)), h' = (1 - z) n + z h, with the gates in the order r,
 * z, n. The saved gates have a fourth block, W_hn h + b_hn.
 */
final class ComposedGru extends ComposedRecurrence {

  private final Buffer r = scratchState();
  private final Buffer z = scratchState();
  private final Buffer n = scratchState();
  private final Buffer hn = scratchState();
  private final Buffer t = scratchState();
  private final Buffer fromHidden = scratch(shape.batch() * shape.gateSize());

  ComposedGru(Backend backend, Recurrence shape) {
    super(backend, shape);
  }

  @Override
  Buffer projected(Kept out) {
    return scratch(shape.rows() * shape.gateSize());
  }

  @Override
  Buffer inputBias(Weights weights) {
    return weights.biasIh();
  }

  @Override
  State stepForward(Buffer projected, Weights weights, State before, Kept out) {
    if (weights.biasHh() == null) {
      backend.fill(fromHidden, 0);
    } else {
      backend.repeat(1, shape.batch(), shape.gateSize(), weights.biasHh(), fromHidden);
    }
    addHidden(before.hidden(), weights, fromHidden);
    gate(projected, 0, r);
    gate(projected, 1, z);
    take(projected, 3, 2, n);
    take(fromHidden, 3, 2, hn);
    backend.zip(Binary.MULTIPLY, r, hn, t);
    backend.zip(Binary.ADD, n, t, n);
    backend.map(Unary.TANH, n, n);
    put(r, out.gates(), 4, 0);
    put(z, out.gates(), 4, 1);
    put(n, out.gates(), 4, 2);
    put(hn, out.gates(), 4, 3);
    // h' = n + z (h - n)
    backend.zip(Binary.SUBTRACT, before.hidden(), n, t);
    backend.zip(Binary.MULTIPLY, z, t, t);
    backend.zip(Binary.ADD, n, t, out.output());
    return new State(out.output(), null);
  }

  private void gate(Buffer projected, int index, Buffer to) {
    take(projected, 3, index, to);
    take(fromHidden, 3, index, t);
    backend.zip(Binary.ADD, to, t, to);
    backend.map(Unary.SIGMOID, to, to);
  }

  @Override
  Buffer hiddenGates(Buffer inputGates) {
    return scratch(inputGates.length());
  }

  @Override
  void stepBackward(
      Weights weights,
      State before,
      Kept saved,
      State carried,
      Buffer inputGates,
      Buffer hiddenGates) {
    Buffer dh = carried.hidden();
    take(saved.gates(), 4, 0, r);
    take(saved.gates(), 4, 1, z);
    take(saved.gates(), 4, 2, n);
    take(saved.gates(), 4, 3, hn);

    // dz = dh (h - n);  dn = dh (1 - z);  dh z goes on to the step before
    backend.zip(Binary.SUBTRACT, before.hidden(), n, t);
    backend.zip(Binary.MULTIPLY, dh, t, t);
    backend.zip(Binary.SIGMOID_GRADIENT, z, t, t);
    put(t, inputGates, 3, 1);
    put(t, hiddenGates, 3, 1);
    backend.zip(Binary.MULTIPLY, dh, z, t);
    backend.zip(Binary.SUBTRACT, dh, t, dh);
    backend.zip(Binary.TANH_GRADIENT, n, dh, n);
    put(n, inputGates, 3, 2);
    backend.affine(1, t, 0, dh);

    // dr = dn (W_hn h + b_hn);  the hidden part of n sees dn r
    backend.zip(Binary.MULTIPLY, n, hn, t);
    backend.zip(Binary.SIGMOID_GRADIENT, r, t, t);
    put(t, inputGates, 3, 0);
    put(t, hiddenGates, 3, 0);
    backend.zip(Binary.MULTIPLY, n, r, t);
    put(t, hiddenGates, 3, 2);
    hiddenGradient(hiddenGates, weights, dh, true);
  }
}
