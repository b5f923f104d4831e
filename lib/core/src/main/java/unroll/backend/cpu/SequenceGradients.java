package unroll.backend.cpu;

import java.util.Arrays;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;

/**
 * The gradients of a recurrent layer's weights and biases, sums over all steps. The work is cut
 * into blocks of rows of the weights, which threads take as they come; within one, a stretch of
 * time and batch after the other meets all columns, so that the gradients at the gates come from
 * memory once. A result is one chain over time and batch, ascending.
 */
final class SequenceGradients {

  /** Rows of time and batch of a stretch: a factor's panel then has 24 kB. */
  private static final int DEPTH = 192;

  /** Panels of gates in a block at most: a stretch of them stays in the core's own cache. */
  private static final int GATES = 8;

  private final Engine engine;
  private final SequenceLayout layout;
  private final Recurrence shape;
  private final GateOrder order;
  private final float[] gates;
  private final float[] reserve;
  private final float[] inputs;
  private final Recurrence.Weights to;

  /**
   * A computation.
   *
   * @param gates the gradients at the gates, [blocks P][T B][32]
   * @param reserve what the way forward kept
   * @param inputs the inputs in panels, or null if W_ih's gradient is not wanted
   * @param to where the results go
   */
  SequenceGradients(
      Engine engine,
      SequenceLayout layout,
      float[] gates,
      float[] reserve,
      float[] inputs,
      Recurrence.Weights to) {
    this.engine = engine;
    this.layout = layout;
    this.shape = layout.shape();
    this.order = GateOrder.of(shape.kind());
    this.gates = gates;
    this.reserve = reserve;
    this.inputs = inputs;
    this.to = to;
  }

  /** Computes them all. */
  void run() {
    int gatePanels = order.gates() * layout.panels();
    int high = Math.max(1, Math.min(GATES, gatePanels / (2 * engine.workers().threads())));
    engine
        .workers()
        .run(
            (gatePanels + high - 1) / high,
            i -> block(i * high, Math.min(gatePanels, (i + 1) * high)));
  }

  /** Some rows of all gradients: those of some panels of gates. */
  private void block(int firstGate, int lastGate) {
    float[] scratch = engine.workspace().take(Panels.WIDTH * Panels.WIDTH);
    for (int k = 0; k < shape.rows() || k == 0; k += DEPTH) {
      int depth = Math.min(DEPTH, shape.rows() - k);
      for (int gate = firstGate; gate < lastGate; gate++) {
        bias(gate, k, depth, true, to.biasIh());
        bias(gate, k, depth, false, to.biasHh());
      }
      if (to.weightIh() != null) {
        for (int j = 0; j < Panels.count(shape.inputSize()); j++) {
          int b = (j * layout.rows() + k) * Panels.WIDTH;
          for (int gate = firstGate; gate < lastGate; gate++) {
            weight(gate, k, depth, true, inputs, b, j, scratch);
          }
        }
      }
      if (to.weightHh() != null) {
        for (int j = 0; j < layout.panels(); j++) {
          int b = layout.hidden(j, k);
          for (int gate = firstGate; gate < lastGate; gate++) {
            weight(gate, k, depth, false, reserve, b, j, scratch);
          }
        }
      }
    }
    engine.workspace().give(scratch);
  }

  /** Where a stretch of a panel of gates begins, at W_ih x or at W_hh h. */
  private int stretch(int gate, int k, boolean ofInput) {
    int panel = ofInput ? gate : order.firstHidden() * layout.panels() + gate;
    return (panel * layout.rows() + k) * Panels.WIDTH;
  }

  /** The first row of the weights that a panel of gates has. */
  private int row(int gate, boolean ofInput) {
    int block = gate / layout.panels();
    int of = ofInput ? order.weight(block) : block;
    return of * shape.hiddenSize() + gate % layout.panels() * Panels.WIDTH;
  }

  private int rows(int gate) {
    return Panels.used(shape.hiddenSize(), gate % layout.panels());
  }

  private void bias(int gate, int k, int depth, boolean ofInput, Buffer out) {
    if (out == null) {
      return;
    }
    FloatBuffer target = (FloatBuffer) out;
    int at = target.offset() + row(gate, ofInput);
    int a = stretch(gate, k, ofInput);
    float[] y = target.write();
    if (k == 0) {
      Arrays.fill(y, at, at + rows(gate), 0);
    }
    engine.kernels().rows().addRows(depth, rows(gate), gates, a, Panels.WIDTH, y, at);
  }

  /** Adds a stretch of the sum to up to 32 by 32 elements of a weight's gradient. */
  private void weight(
      int gate, int k, int depth, boolean ofInput, float[] b, int bo, int j, float[] scratch) {
    FloatBuffer out = (FloatBuffer) (ofInput ? to.weightIh() : to.weightHh());
    int columns = ofInput ? shape.inputSize() : shape.hiddenSize();
    float[] c = out.write();
    int at = out.offset() + row(gate, ofInput) * columns + j * Panels.WIDTH;
    int used = Panels.used(columns, j);
    boolean direct = used == Panels.WIDTH || used == Panels.WIDTH / 2;
    boolean start = k == 0;
    float[] target = direct ? c : scratch;
    int to = direct ? at : 0;
    int stride = direct ? columns : Panels.WIDTH;
    if (!direct && !start) {
      Panels.packOne(rows(gate), used, c, at, columns, scratch, 0);
    }
    engine
        .kernels()
        .products()
        .byColumns(
            rows(gate),
            depth,
            direct ? used : Panels.WIDTH,
            gates,
            stretch(gate, k, ofInput),
            Panels.WIDTH,
            b,
            bo,
            start ? Engine.ZEROS : target,
            start ? 0 : to,
            start ? 0 : stride,
            target,
            to,
            stride);
    if (!direct) {
      Panels.unpackOne(rows(gate), used, scratch, 0, c, at, columns);
    }
  }
}
