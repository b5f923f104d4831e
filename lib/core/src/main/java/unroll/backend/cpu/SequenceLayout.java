package unroll.backend.cpu;

import unroll.backend.Recurrence;

/**
 * Where a whole-sequence computation keeps its panels in the reserve. With rows ordered by time and
 * P = H / 32 panels of units, rounded up:
 *
 * <pre>
 * gates   [saved P][T B][32]      none for a plain RNN
 * hidden  [P][B + T B][32]        the initial state, then every step
 * cells   [P][B + T B][32]        an LSTM's, likewise
 * </pre>
 *
 * <p>The state before step t is row t B, the one after it row (t + 1) B; so the states before all
 * steps are T B rows in one piece, a factor of the gradient of the recurrent weights as it is.
 *
 * @param shape the layer
 * @param panels P
 * @param base where it begins
 */
record SequenceLayout(Recurrence shape, int panels, int base) {

  SequenceLayout(Recurrence shape, int base) {
    this(shape, Panels.count(shape.hiddenSize()), base);
  }

  /** Rows of a panel of gates. */
  int rows() {
    return shape.rows();
  }

  /** Rows of a panel of states. */
  int stateRows() {
    return shape.rows() + shape.batch();
  }

  /** Blocks of gates computed by products: a plain RNN's is its output. */
  int gates() {
    return shape.kind().gates();
  }

  /** Where row {@code row} of a gate's panel begins. */
  int gate(int gate, int panel, int row) {
    return base + ((gate * panels + panel) * rows() + row) * Panels.WIDTH;
  }

  /** From a gate to the next. */
  int gateStride() {
    return panels * rows() * Panels.WIDTH;
  }

  /** Where row {@code row} of a panel of hidden states begins. */
  int hidden(int panel, int row) {
    int first = base + shape.kind().saved() * gateStride();
    return first + (panel * stateRows() + row) * Panels.WIDTH;
  }

  /** Where row {@code row} of a panel of cell states begins. */
  int cell(int panel, int row) {
    return hidden(panels + panel, row);
  }

  /** Numbers in the reserve, with what tiles may read beyond its end. */
  int length() {
    int states = shape.kind() == Recurrence.Kind.LSTM ? 2 : 1;
    long length =
        (long) shape.kind().saved() * gateStride()
            + (long) states * panels * stateRows() * Panels.WIDTH
            + Workspace.SLACK;
    return Math.toIntExact(length);
  }
}
