package unroll.backend.cpu;

import unroll.backend.Recurrence;

/**
 * The order of the gradients at the gates. A GRU has four, n, r, z and the hidden part of n, so
 * that the three at W_ih x and the three at W_hh h each lie together; the others have one for each
 * gate.
 *
 * @param blocks how many there are
 * @param gates how many the weights have
 * @param firstHidden the first at W_hh h
 * @param firstWeight the weights' gate that the first one belongs to
 */
record GateOrder(int blocks, int gates, int firstHidden, int firstWeight) {

  static GateOrder of(Recurrence.Kind kind) {
    return kind == Recurrence.Kind.GRU
        ? new GateOrder(4, 3, 1, 2)
        : new GateOrder(kind.gates(), kind.gates(), 0, 0);
  }

  /** The gate of W_ih that the gradient at place {@code index} belongs to. */
  int weight(int index) {
    return (firstWeight + index) % gates;
  }
}
