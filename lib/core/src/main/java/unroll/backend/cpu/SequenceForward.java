package unroll.backend.cpu;

import unroll.backend.Recurrence;

/**
 * The way forward of a recurrent layer. For a stretch of steps the input's part of the gates is one
 * product; then each step adds the recurrent part to it, panel by panel, and the gates' functions
 * follow while the panel is in the nearest cache. Everything lies in the reserve, in panels.
 */
final class SequenceForward {

  /** Rows of the input's part that are computed ahead: they stay in a core's cache. */
  private static final int AHEAD = 32;

  private final Engine engine;
  private final SequenceLayout layout;
  private final Recurrence shape;
  private final float[] reserve;
  private final float[] input;
  private final int inputAt;
  private final float[] weightIh;
  private final float[] weightHh;
  private final float[] biases;
  private final float[] output;
  private final int outputAt;

  /**
   * A computation.
   *
   * @param reserve panels, the initial state in place
   * @param input [T, B, I] from {@code inputAt}
   * @param weightIh packed
   * @param weightHh packed
   * @param biases [gates P 32], and for a GRU [P 32] more of the hidden part of n
   * @param output [T, B, H] from {@code outputAt}
   */
  SequenceForward(
      Engine engine,
      SequenceLayout layout,
      float[] reserve,
      float[] input,
      int inputAt,
      float[] weightIh,
      float[] weightHh,
      float[] biases,
      float[] output,
      int outputAt) {
    this.engine = engine;
    this.layout = layout;
    this.shape = layout.shape();
    this.reserve = reserve;
    this.input = input;
    this.inputAt = inputAt;
    this.weightIh = weightIh;
    this.weightHh = weightHh;
    this.biases = biases;
    this.output = output;
    this.outputAt = outputAt;
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
              share(row, rowEnd, panel, panelEnd, split.byUnits() ? barrier : Barrier.NONE);
            });
  }

  private void share(int row, int rowEnd, int panel, int panelEnd, Barrier barrier) {
    int batch = shape.batch();
    int ahead = Math.max(1, AHEAD / batch);
    for (int from = 0; from < shape.steps(); from += ahead) {
      int to = Math.min(shape.steps(), from + ahead);
      for (int p = panel; p < panelEnd; p++) {
        inputPart(from, to, row, rowEnd, p);
      }
      for (int t = from; t < to; t++) {
        for (int p = panel; p < panelEnd; p++) {
          step(t, row, rowEnd - row, p);
        }
        barrier.await();
      }
      for (int t = from; t < to; t++) {
        unpack(t, row, rowEnd - row, panel, panelEnd);
      }
    }
  }

  private void inputPart(int from, int to, int row, int rowEnd, int p) {
    int batch = shape.batch();
    boolean whole = rowEnd - row == batch;
    int runs = whole ? 1 : to - from;
    int rows = whole ? (to - from) * batch : rowEnd - row;
    for (int g = 0; g < layout.gates(); g++) {
      int panel = g * layout.panels() + p;
      for (int run = 0; run < runs; run++) {
        int first = (from + run) * batch + row;
        int target = preactivation(g, p, first);
        Blocks.byRows(
            engine,
            rows,
            shape.inputSize(),
            input,
            inputAt + first * shape.inputSize(),
            shape.inputSize(),
            weightIh,
            panel * shape.inputSize() * Panels.WIDTH,
            biases,
            panel * Panels.WIDTH,
            reserve,
            target);
      }
    }
  }

  private void step(int t, int row, int rows, int p) {
    int first = t * shape.batch() + row;
    int before = layout.hidden(p, first);
    int after = layout.hidden(p, first + shape.batch());
    int n = rows * Panels.WIDTH;
    CellKernels cells = engine.kernels().cells();
    switch (shape.kind()) {
      case RNN_TANH, RNN_RELU -> {
        recurrentPart(0, p, first, rows, reserve, after, Panels.WIDTH, after);
        cells.rnnForward(shape.kind() == Recurrence.Kind.RNN_RELU, n, reserve, after);
      }
      case LSTM -> {
        for (int g = 0; g < 4; g++) {
          int gate = layout.gate(g, p, first);
          recurrentPart(g, p, first, rows, reserve, gate, Panels.WIDTH, gate);
        }
        cells.lstmForward(
            n,
            reserve,
            layout.gate(0, p, first),
            layout.gateStride(),
            reserve,
            layout.cell(p, first),
            layout.cell(p, first + shape.batch()),
            reserve,
            after);
      }
      case GRU -> {
        for (int g = 0; g < 2; g++) {
          int gate = layout.gate(g, p, first);
          recurrentPart(g, p, first, rows, reserve, gate, Panels.WIDTH, gate);
        }
        int hiddenBias = (3 * layout.panels() + p) * Panels.WIDTH;
        recurrentPart(2, p, first, rows, biases, hiddenBias, 0, layout.gate(3, p, first));
        cells.gruForward(
            n, reserve, layout.gate(0, p, first), layout.gateStride(), reserve, before, after);
      }
    }
  }

  /** Where the products of a gate go. */
  private int preactivation(int gate, int p, int row) {
    return shape.kind().saved() == 0
        ? layout.hidden(p, row + shape.batch())
        : layout.gate(gate, p, row);
  }

  /** reserve[target] = start + h W_hhᵀ, for one panel of one gate. */
  private void recurrentPart(
      int gate, int p, int first, int rows, float[] start, int so, int ss, int target) {
    Blocks.byPanels(
        engine,
        rows,
        shape.hiddenSize(),
        reserve,
        layout.hidden(0, first),
        layout.stateRows() * Panels.WIDTH,
        weightHh,
        (gate * layout.panels() + p) * shape.hiddenSize() * Panels.WIDTH,
        start,
        so,
        ss,
        reserve,
        target);
  }

  private void unpack(int t, int row, int rows, int panel, int panelEnd) {
    int first = t * shape.batch() + row;
    int hidden = shape.hiddenSize();
    for (int p = panel; p < panelEnd; p++) {
      int from = layout.hidden(p, first + shape.batch());
      int to = outputAt + first * hidden + p * Panels.WIDTH;
      Panels.unpackOne(rows, Panels.used(hidden, p), reserve, from, output, to, hidden);
    }
  }
}
