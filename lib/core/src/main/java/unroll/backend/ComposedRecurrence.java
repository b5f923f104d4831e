package unroll.backend;

import java.util.ArrayList;
import java.util.List;
import unroll.backend.Recurrence.Activations;
import unroll.backend.Recurrence.Gradients;
import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/**
 * A recurrent layer composed from a backend's other operations: readable, and the reference for
 * every fused kernel. The input's part of all gates is one product over all steps, and so are the
 * gradients of the weights; a subclass adds one step forward and one back.
 */
abstract class ComposedRecurrence {

  final Backend backend;
  final Recurrence shape;
  final int hiddenSize;
  private final List<Buffer> scratch = new ArrayList<>();

  ComposedRecurrence(Backend backend, Recurrence shape) {
    this.backend = backend;
    this.shape = shape;
    this.hiddenSize = shape.hiddenSize();
  }

  static ComposedRecurrence of(Backend backend, Recurrence shape) {
    return switch (shape.kind()) {
      case RNN_TANH, RNN_RELU -> new ComposedRnn(backend, shape);
      case LSTM -> new ComposedLstm(backend, shape);
      case GRU -> new ComposedGru(backend, shape);
    };
  }

  /**
   * What the steps write and the way back reads, of all steps or of one.
   *
   * @param output [T, B, H]
   * @param gates [T, B, saved H], null for a plain RNN
   * @param cells [T, B, H], null unless it is an LSTM
   */
  record Kept(Buffer output, Buffer gates, Buffer cells) {}

  /** Gates, then cells. */
  static int reserveLength(Recurrence shape) {
    int cells = shape.kind() == Recurrence.Kind.LSTM ? shape.hiddenSize() : 0;
    return shape.rows() * (shape.savedSize() + cells);
  }

  /** Copies gates and cells out of the reserve. */
  final void gates(Activations saved, Buffer gates, Buffer cells) {
    Kept kept = kept(saved.output(), saved.reserve());
    copyIfWanted(kept.gates(), gates);
    copyIfWanted(kept.cells(), cells);
  }

  /** Runs all steps. */
  final void forward(Weights weights, Buffer input, State initial, Activations out) {
    try {
      Buffer reserve = out.reserve() != null ? out.reserve() : scratch(reserveLength(shape));
      Kept kept = kept(out.output(), reserve);
      Buffer projected = projected(kept);
      project(projected, input, weights.weightIh(), inputBias(weights), shape.rows());
      State state = initial;
      for (int t = 0; t < shape.steps(); t++) {
        state = stepForward(step(projected, t), weights, state, at(kept, t));
      }
      copyIfWanted(state.hidden(), out.last().hidden());
      copyIfWanted(state.cell(), out.last().cell());
    } finally {
      releaseAll();
    }
  }

  /** Runs all steps back, then makes the gradients that are products over all steps. */
  final void backward(
      Weights weights, Buffer input, State initial, Activations saved, Gradients gradients) {
    try {
      Kept kept = kept(saved.output(), saved.reserve());
      Buffer inputGates = scratch(shape.rows() * shape.gateSize());
      Buffer hiddenGates = hiddenGates(inputGates);
      State carried = copyOrZero(gradients.last());
      for (int t = shape.steps() - 1; t >= 0; t--) {
        State before = t == 0 ? initial : state(kept, t - 1);
        backend.addScaled(1, step(gradients.output(), t), carried.hidden());
        stepBackward(
            weights, before, at(kept, t), carried, step(inputGates, t), step(hiddenGates, t));
      }
      finish(weights, input, initial, saved, gradients, inputGates, hiddenGates);
      copyIfWanted(carried.hidden(), gradients.initial().hidden());
      copyIfWanted(carried.cell(), gradients.initial().cell());
    } finally {
      releaseAll();
    }
  }

  /** Where the input's part of the gates goes, [T, B, gates H]. */
  abstract Buffer projected(Kept out);

  /** The bias of the input's part: both biases where they are simply added. */
  abstract Buffer inputBias(Weights weights);

  /**
   * One step.
   *
   * @param projected the input's part of the gates, [B, gates H]
   * @param before the state before the step
   * @param out this step's part of the results
   * @return the state after the step
   */
  abstract State stepForward(Buffer projected, Weights weights, State before, Kept out);

  /** The gradient at W_hh h: the gradient at W_ih x, unless the equations tell them apart. */
  Buffer hiddenGates(Buffer inputGates) {
    return inputGates;
  }

  /**
   * One step back.
   *
   * @param carried in: the gradient of the state after the step; out: of the state before it
   * @param inputGates out: the gradient at W_ih x, [B, gates H]
   * @param hiddenGates out: the gradient at W_hh h, [B, gates H]; may be the same buffer
   */
  abstract void stepBackward(
      Weights weights,
      State before,
      Kept saved,
      State carried,
      Buffer inputGates,
      Buffer hiddenGates);

  private void finish(
      Weights weights,
      Buffer input,
      State initial,
      Activations saved,
      Gradients gradients,
      Buffer inputGates,
      Buffer hiddenGates) {
    int rows = shape.rows();
    int inputs = shape.inputSize();
    int gates = shape.gateSize();
    if (gradients.input() != null) {
      Buffer out = gradients.input();
      backend.matmul(false, false, rows, inputs, gates, inputGates, weights.weightIh(), out, false);
    }
    Weights to = gradients.weights();
    if (to.weightIh() != null) {
      backend.matmul(true, false, gates, inputs, rows, inputGates, input, to.weightIh(), false);
    }
    if (to.weightHh() != null) {
      int later = rows - shape.batch();
      backend.matmul(
          true,
          false,
          gates,
          hiddenSize,
          shape.batch(),
          step(hiddenGates, 0),
          initial.hidden(),
          to.weightHh(),
          false);
      if (later > 0) {
        Buffer laterGates = hiddenGates.slice(shape.batch() * gates, later * gates);
        Buffer earlierStates = saved.output().slice(0, later * hiddenSize);
        backend.matmul(
            true, false, gates, hiddenSize, later, laterGates, earlierStates, to.weightHh(), true);
      }
    }
    if (to.biasIh() != null) {
      backend.sum(1, rows, gates, inputGates, to.biasIh());
    }
    if (to.biasHh() != null) {
      backend.sum(1, rows, gates, hiddenGates, to.biasHh());
    }
  }

  /** out = x W^T + bias, or x W^T without one; out [rows, gates H]. */
  private void project(Buffer out, Buffer x, Buffer weight, Buffer bias, int rows) {
    int gates = shape.gateSize();
    if (bias != null) {
      backend.repeat(1, rows, gates, bias, out);
    }
    backend.matmul(false, true, rows, gates, shape.inputSize(), x, weight, out, bias != null);
  }

  /** out += h W_hh^T, [B, gates H]. */
  final void addHidden(Buffer hidden, Weights weights, Buffer out) {
    backend.matmul(
        false,
        true,
        shape.batch(),
        shape.gateSize(),
        hiddenSize,
        hidden,
        weights.weightHh(),
        out,
        true);
  }

  /** out = gates W_hh, or out += gates W_hh, [B, H]. */
  final void hiddenGradient(Buffer gates, Weights weights, Buffer out, boolean accumulate) {
    backend.matmul(
        false,
        false,
        shape.batch(),
        hiddenSize,
        shape.gateSize(),
        gates,
        weights.weightHh(),
        out,
        accumulate);
  }

  /** Both biases added, or null. */
  final Buffer sumOfBiases(Weights weights) {
    if (weights.biasIh() == null) {
      return null;
    }
    Buffer sum = scratch(shape.gateSize());
    backend.zip(Binary.ADD, weights.biasIh(), weights.biasHh(), sum);
    return sum;
  }

  /** Copies block {@code index} of [B, blocks H] into [B, H]. */
  final Buffer take(Buffer from, int blocks, int index, Buffer to) {
    if (shape.batch() > 0) {
      int stride = blocks * hiddenSize;
      Buffer start = from.slice(index * hiddenSize, from.length() - index * hiddenSize);
      backend.copy(shape.batch(), hiddenSize, start, stride, to, hiddenSize);
    }
    return to;
  }

  /** Copies [B, H] into block {@code index} of [B, blocks H]. */
  final void put(Buffer from, Buffer to, int blocks, int index) {
    if (shape.batch() > 0) {
      int stride = blocks * hiddenSize;
      Buffer start = to.slice(index * hiddenSize, to.length() - index * hiddenSize);
      backend.copy(shape.batch(), hiddenSize, from, hiddenSize, start, stride);
    }
  }

  /** A buffer that is given back when the pass ends. */
  final Buffer scratch(int length) {
    Buffer buffer = backend.allocate(length);
    scratch.add(buffer);
    return buffer;
  }

  /** A scratch buffer of a state's size. */
  final Buffer scratchState() {
    return scratch(shape.stateSize());
  }

  private void releaseAll() {
    scratch.forEach(backend::release);
    scratch.clear();
  }

  /** Step t of a buffer that has all steps. */
  private Buffer step(Buffer all, int t) {
    if (all == null) {
      return null;
    }
    int length = all.length() / shape.steps();
    return all.slice(t * length, length);
  }

  private Kept kept(Buffer output, Buffer reserve) {
    int gates = shape.rows() * shape.savedSize();
    boolean lstm = shape.kind() == Recurrence.Kind.LSTM;
    return new Kept(
        output,
        shape.savedSize() > 0 ? reserve.slice(0, gates) : null,
        lstm ? reserve.slice(gates, output.length()) : null);
  }

  private Kept at(Kept all, int t) {
    return new Kept(step(all.output(), t), step(all.gates(), t), step(all.cells(), t));
  }

  private State state(Kept saved, int t) {
    return new State(step(saved.output(), t), step(saved.cells(), t));
  }

  private State copyOrZero(State from) {
    boolean hasCell = shape.kind() == Recurrence.Kind.LSTM;
    return new State(copyOrZero(from.hidden()), hasCell ? copyOrZero(from.cell()) : null);
  }

  private Buffer copyOrZero(Buffer from) {
    Buffer to = scratchState();
    if (from == null) {
      backend.fill(to, 0);
    } else {
      copyIfWanted(from, to);
    }
    return to;
  }

  private void copyIfWanted(Buffer from, Buffer to) {
    if (to != null) {
      backend.copy(1, to.length(), from, to.length(), to, to.length());
    }
  }
}
