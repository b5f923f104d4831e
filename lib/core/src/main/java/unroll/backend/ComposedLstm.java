package unroll.backend;

import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/** c' = f c + i g, h' = o tanh(c'), with the gates in the order i, f, g, o. */
final class ComposedLstm extends ComposedRecurrence {

  private final Buffer i = scratchState();
  private final Buffer f = scratchState();
  private final Buffer g = scratchState();
  private final Buffer o = scratchState();
  private final Buffer tanhCell = scratchState();
  private final Buffer t = scratchState();

  ComposedLstm(Backend backend, Recurrence shape) {
    super(backend, shape);
  }

  @Override
  Buffer projected(Kept out) {
    return out.gates();
  }

  @Override
  Buffer inputBias(Weights weights) {
    return sumOfBiases(weights);
  }

  @Override
  State stepForward(Buffer projected, Weights weights, State before, Kept out) {
    Buffer gates = out.gates();
    addHidden(before.hidden(), weights, gates);
    takeGates(gates);
    backend.map(Unary.SIGMOID, i, i);
    backend.map(Unary.SIGMOID, f, f);
    backend.map(Unary.TANH, g, g);
    backend.map(Unary.SIGMOID, o, o);
    putGates(gates);
    Buffer cell = out.cells();
    backend.zip(Binary.MULTIPLY, f, before.cell(), cell);
    backend.zip(Binary.MULTIPLY, i, g, g);
    backend.zip(Binary.ADD, cell, g, cell);
    backend.map(Unary.TANH, cell, tanhCell);
    backend.zip(Binary.MULTIPLY, o, tanhCell, out.output());
    return new State(out.output(), cell);
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
    Buffer dc = carried.cell();
    takeGates(saved.gates());
    backend.map(Unary.TANH, saved.cells(), tanhCell);

    // dc += dh o (1 - tanh²(c'));  do = dh tanh(c')
    backend.zip(Binary.MULTIPLY, dh, o, t);
    backend.zip(Binary.TANH_GRADIENT, tanhCell, t, t);
    backend.zip(Binary.ADD, dc, t, dc);
    backend.zip(Binary.MULTIPLY, dh, tanhCell, t);
    backend.zip(Binary.SIGMOID_GRADIENT, o, t, o);

    // di = dc g;  df = dc c;  dg = dc i;  and dc f goes on to the step before
    backend.zip(Binary.MULTIPLY, dc, g, t);
    backend.zip(Binary.MULTIPLY, dc, i, dh);
    backend.zip(Binary.SIGMOID_GRADIENT, i, t, i);
    backend.zip(Binary.TANH_GRADIENT, g, dh, g);
    backend.zip(Binary.MULTIPLY, dc, before.cell(), t);
    backend.zip(Binary.MULTIPLY, dc, f, dc);
    backend.zip(Binary.SIGMOID_GRADIENT, f, t, f);

    putGates(inputGates);
    hiddenGradient(inputGates, weights, dh, false);
  }

  private void takeGates(Buffer gates) {
    take(gates, 4, 0, i);
    take(gates, 4, 1, f);
    take(gates, 4, 2, g);
    take(gates, 4, 3, o);
  }

  private void putGates(Buffer gates) {
    put(i, gates, 4, 0);
    put(f, gates, 4, 1);
    put(g, gates, 4, 2);
    put(o, gates, 4, 3);
  }
}
