package unroll.backend.cpu;

import unroll.backend.Buffer;
import unroll.backend.Recurrence;

/**
 * The gradients of a recurrent layer that are products over all steps: those of the weights, the
 * biases and the input. The work is cut into blocks of results, which threads take as they come; a
 * result is one chain over time and batch, ascending.
 */
final class SequenceGradients {

  /** Rows of time and batch that a block takes at a time: two factors' 16 kB each. */
  private static final int DEPTH = 128;

  /** Panels of a factor that one part of the work takes. */
  private static final int GROUP = 4;

  /** Rows of the input's gradient that one part of the work takes. */
  private static final int ROWS = 64;

  private final Engine engine;
  private final SequenceLayout layout;
  private final Recurrence shape;
  private final GateOrder order;
  private final float[] gates;
  private final float[] reserve;
  private final float[] inputs;
  private final float[] weightIh;
  private final Recurrence.Gradients to;

  /**
   * A computation.
   *
   * @param gates the gradients at the gates, [blocks P][T B][32]
   * @param reserve what the way forward kept
   * @param inputs the inputs in panels, or null if W_ih's gradient is not wanted
   * @param weightIh packed, not transposed; or null if the input's gradient is not wanted
   * @param to where the results go
   */
  SequenceGradients(
      Engine engine,
      SequenceLayout layout,
      float[] gates,
      float[] reserve,
      float[] inputs,
      float[] weightIh,
      Recurrence.Gradients to) {
    this.engine = engine;
    this.layout = layout;
    this.shape = layout.shape();
    this.order = GateOrder.of(shape.kind());
    this.gates = gates;
    this.reserve = reserve;
    this.inputs = inputs;
    this.weightIh = weightIh;
    this.to = to;
  }

  /** Computes them all. */
  void run() {
    int gatePanels = order.gates() * layout.panels();
    int inputGroups = groups(inputs == null ? 0 : shape.inputSize());
    int hiddenGroups = groups(to.weights().weightHh() == null ? 0 : shape.hiddenSize());
    int rowBlocks = weightIh == null ? 0 : (shape.rows() + ROWS - 1) / ROWS;
    int ofInput = gatePanels * inputGroups;
    int ofHidden = gatePanels * hiddenGroups;
    Workers.Part part =
        i -> {
          if (i < ofInput) {
            weightIh(i % gatePanels, i / gatePanels * GROUP);
          } else if (i < ofInput + ofHidden) {
            weightHh((i - ofInput) % gatePanels, (i - ofInput) / gatePanels * GROUP);
          } else if (i < ofInput + ofHidden + rowBlocks) {
            input((i - ofInput - ofHidden) * ROWS);
          } else {
            biases(i - ofInput - ofHidden - rowBlocks);
          }
        };
    boolean biased = to.weights().biasIh() != null || to.weights().biasHh() != null;
    engine.workers().run(ofInput + ofHidden + rowBlocks + (biased ? gatePanels : 0), part);
  }

  private static int groups(int columns) {
    return (Panels.count(columns) + GROUP - 1) / GROUP;
  }

  private void weightIh(int gatePanel, int panel) {
    int gate = order.weight(gatePanel / layout.panels());
    product(
        gatePanel,
        gate,
        panel,
        inputs,
        0,
        layout.rows(),
        shape.inputSize(),
        (FloatBuffer) to.weights().weightIh());
  }

  private void weightHh(int gatePanel, int panel) {
    int gate = gatePanel / layout.panels();
    product(
        gatePanel + order.firstHidden() * layout.panels(),
        gate,
        panel,
        reserve,
        layout.hidden(0, 0),
        layout.stateRows(),
        shape.hiddenSize(),
        (FloatBuffer) to.weights().weightHh());
  }

  /**
   * Up to 32 rows of a weight's gradient, by some panels of columns.
   *
   * @param gatePanel the panel of gate gradients
   * @param gate the gate of the weights
   * @param b the other factor, its panels {@code height} rows from {@code bo}
   */
  private void product(
      int gatePanel,
      int gate,
      int firstPanel,
      float[] b,
      int bo,
      int height,
      int columns,
      FloatBuffer out) {
    int p = gatePanel % layout.panels();
    int rows = Panels.used(shape.hiddenSize(), p);
    int first = out.offset() + (gate * shape.hiddenSize() + p * Panels.WIDTH) * columns;
    int lastPanel = Math.min(Panels.count(columns), firstPanel + GROUP);
    int a = gatePanel * layout.rows() * Panels.WIDTH;
    float[] c = out.write();
    float[] scratch = engine.workspace().take(Panels.WIDTH * Panels.WIDTH);
    for (int k = 0; k < shape.rows(); k += DEPTH) {
      int depth = Math.min(DEPTH, shape.rows() - k);
      for (int j = firstPanel; j < lastPanel; j++) {
        int used = Panels.used(columns, j);
        int at = first + j * Panels.WIDTH;
        boolean direct = used == Panels.WIDTH || used == Panels.WIDTH / 2;
        float[] target = direct ? c : scratch;
        int to = direct ? at : 0;
        int stride = direct ? columns : Panels.WIDTH;
        if (!direct && k > 0) {
          Panels.packOne(rows, used, c, at, columns, scratch, 0);
        }
        engine
            .kernels()
            .products()
            .byColumns(
                rows,
                depth,
                direct ? used : Panels.WIDTH,
                gates,
                a + k * Panels.WIDTH,
                Panels.WIDTH,
                b,
                bo + (j * height + k) * Panels.WIDTH,
                k == 0 ? Engine.ZEROS : target,
                k == 0 ? 0 : to,
                k == 0 ? 0 : stride,
                target,
                to,
                stride);
        if (!direct) {
          Panels.unpackOne(rows, used, scratch, 0, c, at, columns);
        }
      }
    }
    engine.workspace().give(scratch);
  }

  /** Some rows of the input's gradient: those at the gates times W_ih. */
  private void input(int row) {
    int rows = Math.min(ROWS, shape.rows() - row);
    int depth = order.gates() * layout.panels() * Panels.WIDTH;
    int columns = shape.inputSize();
    FloatBuffer out = (FloatBuffer) to.input();
    float[] scratch = engine.workspace().take(ROWS * Panels.WIDTH);
    for (int j = 0; j < Panels.count(columns); j++) {
      Blocks.byPanels(
          engine,
          rows,
          depth,
          gates,
          row * Panels.WIDTH,
          layout.rows() * Panels.WIDTH,
          weightIh,
          j * depth * Panels.WIDTH,
          Engine.ZEROS,
          0,
          0,
          scratch,
          0);
      int at = out.offset() + row * columns + j * Panels.WIDTH;
      Panels.unpackOne(rows, Panels.used(columns, j), scratch, 0, out.write(), at, columns);
    }
    engine.workspace().give(scratch);
  }

  private void biases(int gatePanel) {
    int gate = gatePanel / layout.panels();
    bias(gatePanel, order.weight(gate), to.weights().biasIh());
    bias(gatePanel + order.firstHidden() * layout.panels(), gate, to.weights().biasHh());
  }

  private void bias(int gatePanel, int gate, Buffer out) {
    if (out == null) {
      return;
    }
    int p = gatePanel % layout.panels();
    FloatBuffer target = (FloatBuffer) out;
    engine
        .kernels()
        .rows()
        .sumRows(
            shape.rows(),
            Panels.used(shape.hiddenSize(), p),
            gates,
            gatePanel * layout.rows() * Panels.WIDTH,
            Panels.WIDTH,
            target.write(),
            target.offset() + gate * shape.hiddenSize() + p * Panels.WIDTH);
  }
}
