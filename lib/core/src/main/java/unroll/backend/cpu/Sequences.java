package unroll.backend.cpu;

import java.util.Arrays;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.backend.Recurrence.Activations;
import unroll.backend.Recurrence.Gradients;
import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/** Recurrent layers over whole sequences: brings everything into panels, runs, and out again. */
final class Sequences {

  /** Rows of time and batch that run at once where nothing is kept. */
  private static final int PIECE = 4096;

  private final Engine engine;

  Sequences(Engine engine) {
    this.engine = engine;
  }

  void forward(
      Recurrence shape, Weights weights, FloatBuffer input, State initial, Activations out) {
    if (out.reserve() instanceof FloatBuffer kept) {
      SequenceLayout layout = new SequenceLayout(shape, kept.offset());
      forward(layout, weights, input, initial, out, kept.write());
      return;
    }
    inPieces(shape, weights, input, initial, out);
  }

  /** Where nothing is kept, a long sequence runs in pieces, in an array of one piece's size. */
  private void inPieces(
      Recurrence shape, Weights weights, FloatBuffer input, State initial, Activations out) {
    boolean lstm = shape.kind() == Recurrence.Kind.LSTM;
    FloatBuffer output = (FloatBuffer) out.output();
    FloatBuffer hidden = take(shape.stateSize());
    FloatBuffer cell = lstm ? take(shape.stateSize()) : null;
    State between = new State(hidden, cell);
    int most = Math.max(1, PIECE / Math.max(1, shape.batch()));
    for (int from = 0; from == 0 || from < shape.steps(); from += most) {
      int steps = Math.min(most, shape.steps() - from);
      Recurrence piece =
          new Recurrence(shape.kind(), steps, shape.batch(), shape.inputSize(), shape.hiddenSize());
      int row = from * shape.batch();
      Buffer x = input.slice(row * shape.inputSize(), piece.rows() * shape.inputSize());
      Buffer y = output.slice(row * shape.hiddenSize(), piece.rows() * shape.hiddenSize());
      boolean end = from + steps == shape.steps();
      Activations made = new Activations(y, end ? out.last() : between, null);
      SequenceLayout layout = new SequenceLayout(piece, 0);
      float[] reserve = engine.workspace().take(layout.length());
      forward(layout, weights, (FloatBuffer) x, from == 0 ? initial : between, made, reserve);
      engine.workspace().give(reserve);
    }
    hidden.storage().release(engine.workspace());
    if (lstm) {
      cell.storage().release(engine.workspace());
    }
  }

  private FloatBuffer take(int length) {
    return new FloatBuffer(new Storage(engine.workspace().take(length)), 0, length);
  }

  private void forward(
      SequenceLayout layout,
      Weights weights,
      FloatBuffer input,
      State initial,
      Activations out,
      float[] reserve) {
    Recurrence shape = layout.shape();
    int batch = shape.batch();
    int stateRows = layout.stateRows();
    boolean lstm = shape.kind() == Recurrence.Kind.LSTM;
    pack(shape, initial.hidden(), reserve, layout.hidden(0, 0), stateRows);
    if (lstm) {
      pack(shape, initial.cell(), reserve, layout.cell(0, 0), stateRows);
    }
    float[] biases = biases(layout, weights);
    FloatBuffer output = (FloatBuffer) out.output();
    new SequenceForward(
            engine,
            layout,
            reserve,
            input.read(),
            input.offset(),
            packed(shape, weights.weightIh(), true, shape.inputSize(), 0),
            packed(shape, weights.weightHh(), true, shape.hiddenSize(), 0),
            biases,
            output.write(),
            output.offset())
        .run();
    engine.workspace().give(biases);
    if (out.last() != null) {
      int last = shape.rows();
      unpack(shape, reserve, layout.hidden(0, last), stateRows, batch, out.last().hidden());
      if (lstm) {
        unpack(shape, reserve, layout.cell(0, last), stateRows, batch, out.last().cell());
      }
    }
  }

  void backward(
      Recurrence shape,
      Weights weights,
      FloatBuffer input,
      Activations saved,
      Gradients gradients) {
    FloatBuffer kept = (FloatBuffer) saved.reserve();
    float[] reserve = kept.read();
    SequenceLayout layout = new SequenceLayout(shape, kept.offset());
    GateOrder order = GateOrder.of(shape.kind());
    boolean lstm = shape.kind() == Recurrence.Kind.LSTM;
    Workspace workspace = engine.workspace();
    float[] gates = workspace.take(order.blocks() * layout.gateStride());
    int state = layout.panels() * shape.batch() * Panels.WIDTH;
    float[] hidden = workspace.take(state);
    float[] cell = lstm ? workspace.take(state) : null;
    pack(shape, gradients.last().hidden(), hidden, 0, shape.batch());
    if (lstm) {
      pack(shape, gradients.last().cell(), cell, 0, shape.batch());
    }
    float[] weightIh =
        gradients.input() == null
            ? null
            : packed(shape, weights.weightIh(), false, shape.inputSize(), order.firstWeight());
    boolean initialWanted = gradients.initial().hidden() != null;
    new SequenceBackward(
            engine,
            layout,
            reserve,
            packed(shape, weights.weightHh(), false, shape.hiddenSize(), 0),
            (FloatBuffer) gradients.output(),
            gates,
            hidden,
            cell,
            initialWanted,
            weightIh,
            (FloatBuffer) gradients.input())
        .run();
    unpack(shape, hidden, 0, shape.batch(), shape.batch(), gradients.initial().hidden());
    if (lstm) {
      unpack(shape, cell, 0, shape.batch(), shape.batch(), gradients.initial().cell());
      workspace.give(cell);
    }
    workspace.give(hidden);

    float[] inputs = gradients.weights().weightIh() == null ? null : inputs(shape, input);
    new SequenceGradients(engine, layout, gates, reserve, inputs, gradients.weights()).run();
    if (inputs != null) {
      workspace.give(inputs);
    }
    workspace.give(gates);
  }

  /** Copies gates and cells out of the panels. */
  void gates(Recurrence shape, Activations saved, Buffer gates, Buffer cells) {
    FloatBuffer kept = (FloatBuffer) saved.reserve();
    float[] reserve = kept.read();
    SequenceLayout layout = new SequenceLayout(shape, kept.offset());
    int rows = shape.rows();
    if (gates != null) {
      FloatBuffer to = (FloatBuffer) gates;
      for (int g = 0; g < shape.kind().saved(); g++) {
        for (int p = 0; p < layout.panels(); p++) {
          int at = to.offset() + g * shape.hiddenSize() + p * Panels.WIDTH;
          int used = Panels.used(shape.hiddenSize(), p);
          int from = layout.gate(g, p, 0);
          Panels.unpackOne(rows, used, reserve, from, to.write(), at, shape.savedSize());
        }
      }
    }
    if (cells != null) {
      int first = layout.cell(0, shape.batch());
      unpack(shape, reserve, first, layout.stateRows(), rows, cells);
    }
  }

  private float[] packed(
      Recurrence shape, Buffer weight, boolean transposed, int columns, int first) {
    FloatBuffer from = (FloatBuffer) weight;
    int gates = shape.kind().gates();
    PackedWeights.Form form =
        new PackedWeights.Form(transposed, gates, shape.hiddenSize(), columns, first);
    return from.storage().packed(form, from.offset(), engine);
  }

  /** The inputs in panels, packed by as many threads as there are. */
  private float[] inputs(Recurrence shape, FloatBuffer input) {
    int rows = shape.rows();
    int columns = shape.inputSize();
    float[] panels = engine.workspace().take(Panels.count(columns) * rows * Panels.WIDTH);
    int block = 256;
    engine
        .workers()
        .run(
            (rows + block - 1) / block,
            i -> {
              int row = i * block;
              int some = Math.min(block, rows - row);
              int from = input.offset() + row * columns;
              Panels.pack(some, columns, input.read(), from, panels, row * Panels.WIDTH, rows);
            });
    return panels;
  }

  /** Biases in panels: both added, but for a GRU's n, whose hidden part follows at the end. */
  private float[] biases(SequenceLayout layout, Weights weights) {
    int gates = layout.gates();
    int width = layout.panels() * Panels.WIDTH;
    int hidden = layout.shape().hiddenSize();
    float[] biases = engine.workspace().take((gates + 1) * width);
    Arrays.fill(biases, 0, (gates + 1) * width, 0);
    if (weights.biasIh() == null) {
      return biases;
    }
    FloatBuffer ih = (FloatBuffer) weights.biasIh();
    FloatBuffer hh = (FloatBuffer) weights.biasHh();
    boolean apart = layout.shape().kind() == Recurrence.Kind.GRU;
    for (int g = 0; g < gates; g++) {
      for (int u = 0; u < hidden; u++) {
        float ofInput = ih.read()[ih.offset() + g * hidden + u];
        float ofHidden = hh.read()[hh.offset() + g * hidden + u];
        boolean alone = apart && g == 2;
        biases[g * width + u] = alone ? ofInput : ofInput + ofHidden;
        if (alone) {
          biases[gates * width + u] = ofHidden;
        }
      }
    }
    return biases;
  }

  /** Copies a state into panels; null stands for zero. */
  private static void pack(Recurrence shape, Buffer from, float[] to, int start, int height) {
    int panels = Panels.count(shape.hiddenSize());
    if (from != null) {
      FloatBuffer x = (FloatBuffer) from;
      Panels.pack(shape.batch(), shape.hiddenSize(), x.read(), x.offset(), to, start, height);
      return;
    }
    for (int p = 0; p < panels; p++) {
      int at = start + p * height * Panels.WIDTH;
      Arrays.fill(to, at, at + shape.batch() * Panels.WIDTH, 0);
    }
  }

  /** Copies rows of states out of panels, if they are wanted. */
  private static void unpack(
      Recurrence shape, float[] from, int start, int height, int rows, Buffer to) {
    if (to == null) {
      return;
    }
    FloatBuffer y = (FloatBuffer) to;
    int hidden = shape.hiddenSize();
    for (int p = 0; p < Panels.count(hidden); p++) {
      int source = start + p * height * Panels.WIDTH;
      int target = y.offset() + p * Panels.WIDTH;
      Panels.unpackOne(rows, Panels.used(hidden, p), from, source, y.write(), target, hidden);
    }
  }
}
