package unroll.backend.cpu;

import unroll.backend.Recurrence;

/**
 * The way back through the steps of a recurrent layer: the gradients at the gates, in panels, at
 * the inputs and at the initial state. Those of the weights, sums over all steps, are left to
 * {@link SequenceGradients}.
 */
final class SequenceBackward {

  /** Rows of the input's gradient that are worth a product. */
  private static final int ROWS = 32;

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
  private final float[] weightIh;
  private final FloatBuffer inputGradient;

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
   * @param weightIh packed, not transposed; or null if the input's gradient is not wanted
   * @param inputGradient out: [T, B, I], or null
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
      boolean initialWanted,
      float[] weightIh,
      FloatBuffer inputGradient) {
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
    this.weightIh = weightIh;
    this.inputGradient = inputGradient;
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
              int columns = inputGradient == null ? 0 : Panels.count(shape.inputSize());
              int first = split.panel(member, members, columns);
              int end = split.panelEnd(member, members, columns);
              Barrier between = split.byUnits() ? barrier : Barrier.NONE;
              share(row, rowEnd - row, panel, panelEnd, first, end, between);
            });
  }

  /** Some rows of the batch, some panels of units, some panels of the input. */
  private void share(
      int row, int rows, int panel, int panelEnd, int column, int columnEnd, Barrier barrier) {
    int together = rows == shape.batch() ? Math.max(1, ROWS / Math.max(1, rows)) : 1;
    float[] scratch = engine.workspace().take(Math.max(ROWS, rows) * Panels.WIDTH);
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
      if (t % together == 0) {
        int steps = Math.min(together, shape.steps() - t);
        for (int p = column; p < columnEnd; p++) {
          inputGradient(t * shape.batch() + row, steps * rows, p, scratch);
        }
      }
    }
    engine.workspace().give(scratch);
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

  /** Some rows of the input's gradient, while the gradients at their gates are near: times W_ih. */
  private void inputGradient(int first, int rows, int p, float[] scratch) {
    int depth = order.gates() * layout.panels() * Panels.WIDTH;
    int columns = shape.inputSize();
    Blocks.byPanels(
        engine,
        rows,
        depth,
        gates,
        first * Panels.WIDTH,
        layout.rows() * Panels.WIDTH,
        weightIh,
        p * depth * Panels.WIDTH,
        Engine.ZEROS,
        0,
        0,
        scratch,
        0);
    int to = inputGradient.offset() + first * columns + p * Panels.WIDTH;
    Panels.unpackOne(rows, Panels.used(columns, p), scratch, 0, inputGradient.write(), to, columns);
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
