package unroll.backend.cpu;

import unroll.backend.Recurrence;

/**
 * The way back through the steps of a recurrent layer: the gradients at the gates, in panels, and
 * at the initial state. What is a product over all steps is left to {@link SequenceGradients}.
 */
final class SequenceBackward {

  private final Engine engine;
  private final SequenceLayout layout;
  private final SequenceLayout gradients;
  private final Recurrence shape;
  private final GateOrder order;
  private final float[] reserve;
  private final float[] weightHh;
  private final FloatBuffer outputGradient;
  private final float[] gates;
  private final float[] hidden;
  private final float[] cell;
  private final boolean initialWanted;

  /**
   * A computation.
   *
   * @param reserve what the way forward kept
   * @param weightHh packed, not transposed
   * @param outputGradient [T, B, H]
   * @param gates out: [blocks P][T B][32]
   * @param hidden in: the gradient of the last state, [P][B][32]; out: of the initial one
   * @param cell likewise, or null
   * @param initialWanted whether the gradient of the initial state is
   */
  SequenceBackward(
      Engine engine,
      SequenceLayout layout,
      float[] reserve,
      float[] weightHh,
      FloatBuffer outputGradient,
      float[] gates,
      float[] hidden,
      float[] cell,
      boolean initialWanted) {
    this.engine = engine;
    this.layout = layout;
    this.gradients = new SequenceLayout(layout.shape(), 0);
    this.shape = layout.shape();
    this.order = GateOrder.of(shape.kind());
    this.reserve = reserve;
    this.weightHh = weightHh;
    this.outputGradient = outputGradient;
    this.gates = gates;
    this.hidden = hidden;
    this.cell = cell;
    this.initialWanted = initialWanted;
  }

  /** Runs all steps. */
  void run() {
    Split split = Split.of(shape, engine.workers().threads());
    engine
        .workers()
        .together(
            split.members(),
            (member, members, barrier) -> {
              int row = split.row(member, members, shape.batch());
              int rowEnd = split.rowEnd(member, members, shape.batch());
              int panel = split.panel(member, members, layout.panels());
              int panelEnd = split.panelEnd(member, members, layout.panels());
              share(row, rowEnd - row, panel, panelEnd, split.byUnits() ? barrier : Barrier.NONE);
            });
  }

  private void share(int row, int rows, int panel, int panelEnd, Barrier barrier) {
    for (int t = shape.steps() - 1; t >= 0; t--) {
      for (int p = panel; p < panelEnd; p++) {
        step(t, row, rows, p);
      }
      barrier.await();
      if (t > 0 || initialWanted) {
        for (int p = panel; p < panelEnd; p++) {
          stateGradient(t, row, rows, p);
        }
      }
    }
  }

  private void step(int t, int row, int rows, int p) {
    int first = t * shape.batch() + row;
    int state = (p * shape.batch() + row) * Panels.WIDTH;
    int n = rows * Panels.WIDTH;
    int from = outputGradient.offset() + first * shape.hiddenSize() + p * Panels.WIDTH;
    Panels.add(
        rows,
        Panels.used(shape.hiddenSize(), p),
        outputGradient.read(),
        from,
        shape.hiddenSize(),
        hidden,
        state);
    CellKernels cells = engine.kernels().cells();
    int gradient = gradients.gate(0, p, first);
    switch (shape.kind()) {
      case RNN_TANH, RNN_RELU ->
          cells.rnnBackward(
              shape.kind() == Recurrence.Kind.RNN_RELU,
              n,
              reserve,
              layout.hidden(p, first + shape.batch()),
              hidden,
              state,
              gates,
              gradient);
      case LSTM ->
          cells.lstmBackward(
              n,
              reserve,
              layout.gate(0, p, first),
              layout.gateStride(),
              reserve,
              layout.cell(p, first),
              layout.cell(p, first + shape.batch()),
              gates,
              gradient,
              layout.gateStride(),
              hidden,
              state,
              cell,
              state);
      case GRU ->
          cells.gruBackward(
              n,
              reserve,
              layout.gate(0, p, first),
              layout.gateStride(),
              reserve,
              layout.hidden(p, first),
              gates,
              gradient,
              layout.gateStride(),
              hidden,
              state);
    }
  }

  /** The gradient at the state before step t: that of the gates times W_hh. */
  private void stateGradient(int t, int row, int rows, int p) {
    int state = (p * shape.batch() + row) * Panels.WIDTH;
    int depth = order.gates() * layout.panels() * Panels.WIDTH;
    boolean add = shape.kind() == Recurrence.Kind.GRU;
    Blocks.byPanels(
        engine,
        rows,
        depth,
        gates,
        gradients.gate(order.firstHidden(), 0, t * shape.batch() + row),
        layout.rows() * Panels.WIDTH,
        weightHh,
        p * depth * Panels.WIDTH,
        add ? hidden : Engine.ZEROS,
        add ? state : 0,
        add ? Panels.WIDTH : 0,
        hidden,
        state);
  }
}
