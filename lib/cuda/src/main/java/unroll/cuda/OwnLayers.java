package unroll.cuda;

import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.backend.Recurrence.Activations;
import unroll.backend.Recurrence.Gradients;
import unroll.backend.Recurrence.Kind;
import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;
import unroll.backend.Unary;

/**
 * Recurrent layers without cuDNN: the input's part of all gates is one product over all steps, and
 * so are the gradients of the weights; each step is one product and one kernel. The reserve holds
 * the gates, then the cells.
 */
final class OwnLayers implements RecurrentLayers {

  private final Backend backend;
  private final Engine engine;

  OwnLayers(Backend backend, Engine engine) {
    this.backend = backend;
    this.engine = engine;
  }

  @Override
  public int reserveLength(Recurrence shape) {
    int cells = shape.kind() == Kind.LSTM ? shape.hiddenSize() : 0;
    return shape.rows() * (shape.savedSize() + cells);
  }

  /** A layer's buffers of all steps, and those of one. */
  private record Kept(Recurrence shape, CudaBuffer output, CudaBuffer reserve) {

    CudaBuffer gates(int step) {
      int length = shape.batch() * shape.savedSize();
      return reserve.part(step * length, length);
    }

    CudaBuffer cells(int step) {
      int gates = shape.rows() * shape.savedSize();
      return reserve.part(gates + step * shape.stateSize(), shape.stateSize());
    }

    CudaBuffer output(int step) {
      return stepOf(output, step, shape.stateSize());
    }

    /** The hidden state before a step. */
    CudaBuffer hiddenBefore(int step, State initial) {
      return step == 0 ? CudaBuffer.of(initial.hidden()) : output(step - 1);
    }

    /** The cell state before a step. */
    CudaBuffer cellBefore(int step, State initial) {
      return step == 0 ? CudaBuffer.of(initial.cell()) : cells(step - 1);
    }
  }

  private static CudaBuffer stepOf(CudaBuffer all, int step, int length) {
    return all.part(step * length, length);
  }

  @Override
  public void forward(
      Recurrence shape, Weights weights, CudaBuffer input, State initial, Activations out) {
    try (Scratch scratch = new Scratch(engine.pool())) {
      CudaBuffer reserve =
          out.reserve() != null ? CudaBuffer.of(out.reserve()) : scratch.take(reserveLength(shape));
      Kept kept = new Kept(shape, CudaBuffer.of(out.output()), reserve);
      switch (shape.kind()) {
        case LSTM -> lstm(shape, weights, input, initial, kept, scratch);
        case GRU -> gru(shape, weights, input, initial, kept, scratch);
        case RNN_TANH, RNN_RELU -> rnn(shape, weights, input, initial, kept, scratch);
      }
      int steps = shape.steps();
      copyIfWanted(kept.hiddenBefore(steps, initial), out.last().hidden());
      if (shape.kind() == Kind.LSTM) {
        copyIfWanted(kept.cellBefore(steps, initial), out.last().cell());
      }
    }
  }

  private void lstm(
      Recurrence shape,
      Weights weights,
      CudaBuffer input,
      State initial,
      Kept kept,
      Scratch scratch) {
    int n = shape.stateSize();
    int hidden = shape.hiddenSize();
    CudaBuffer gates = kept.reserve().part(0, shape.rows() * shape.gateSize());
    project(shape, weights, input, sumOfBiases(shape, weights, scratch), gates);
    for (int t = 0; t < shape.steps(); t++) {
      addHidden(shape, weights, kept.hiddenBefore(t, initial), kept.gates(t), true);
      engine
          .kernels()
          .each(
              "lstm_step",
              n,
              n,
              hidden,
              Kernels.to(kept.gates(t)),
              kept.cellBefore(t, initial),
              Kernels.to(kept.cells(t)),
              Kernels.to(kept.output(t)));
    }
  }

  private void gru(
      Recurrence shape,
      Weights weights,
      CudaBuffer input,
      State initial,
      Kept kept,
      Scratch scratch) {
    int n = shape.stateSize();
    int step = shape.batch() * shape.gateSize();
    CudaBuffer projected = scratch.take(shape.rows() * shape.gateSize());
    CudaBuffer fromHidden = scratch.take(step);
    project(shape, weights, input, weights.biasIh(), projected);
    for (int t = 0; t < shape.steps(); t++) {
      CudaBuffer before = kept.hiddenBefore(t, initial);
      addHidden(shape, weights, before, fromHidden, false);
      engine
          .kernels()
          .each(
              "gru_step",
              n,
              n,
              shape.hiddenSize(),
              stepOf(projected, t, step),
              fromHidden,
              orNull(weights.biasHh()),
              before,
              Kernels.to(kept.gates(t)),
              Kernels.to(kept.output(t)));
    }
  }

  private void rnn(
      Recurrence shape,
      Weights weights,
      CudaBuffer input,
      State initial,
      Kept kept,
      Scratch scratch) {
    Unary activation = shape.kind() == Kind.RNN_RELU ? Unary.RELU : Unary.TANH;
    project(shape, weights, input, sumOfBiases(shape, weights, scratch), kept.output());
    for (int t = 0; t < shape.steps(); t++) {
      addHidden(shape, weights, kept.hiddenBefore(t, initial), kept.output(t), true);
      backend.map(activation, kept.output(t), kept.output(t));
    }
  }

  /** out = x W_ihᵀ + bias, [T B, gates H]. */
  private void project(
      Recurrence shape, Weights weights, CudaBuffer input, Buffer bias, CudaBuffer out) {
    backend.linear(
        shape.rows(), shape.inputSize(), shape.gateSize(), input, weights.weightIh(), bias, out);
  }

  /** out = h W_hhᵀ, or out += h W_hhᵀ, [B, gates H]. */
  private void addHidden(
      Recurrence shape, Weights weights, CudaBuffer hidden, CudaBuffer out, boolean accumulate) {
    int h = shape.hiddenSize();
    backend.matmul(
        false,
        true,
        shape.batch(),
        shape.gateSize(),
        h,
        hidden,
        weights.weightHh(),
        out,
        accumulate);
  }

  private Buffer sumOfBiases(Recurrence shape, Weights weights, Scratch scratch) {
    if (weights.biasIh() == null) {
      return null;
    }
    CudaBuffer sum = scratch.take(shape.gateSize());
    backend.zip(Binary.ADD, weights.biasIh(), weights.biasHh(), sum);
    return sum;
  }

  @Override
  public void backward(
      Recurrence shape,
      Weights weights,
      CudaBuffer input,
      State initial,
      Activations saved,
      Gradients gradients) {
    try (Scratch scratch = new Scratch(engine.pool())) {
      Kept kept = new Kept(shape, CudaBuffer.of(saved.output()), CudaBuffer.of(saved.reserve()));
      int step = shape.batch() * shape.gateSize();
      CudaBuffer ofInput = scratch.take(shape.rows() * shape.gateSize());
      CudaBuffer ofHidden = shape.kind() == Kind.GRU ? scratch.take(ofInput.length()) : ofInput;
      CudaBuffer dh = copyOrZero(shape, gradients.last().hidden(), scratch);
      CudaBuffer dc =
          shape.kind() == Kind.LSTM ? copyOrZero(shape, gradients.last().cell(), scratch) : null;
      CudaBuffer output = CudaBuffer.of(gradients.output());
      for (int t = shape.steps() - 1; t >= 0; t--) {
        CudaBuffer gradient = stepOf(output, t, shape.stateSize());
        CudaBuffer toHidden = stepOf(ofHidden, t, step);
        stepBack(kept, t, initial, gradient, dh, dc, stepOf(ofInput, t, step), toHidden);
        backend.matmul(
            false,
            false,
            shape.batch(),
            shape.hiddenSize(),
            shape.gateSize(),
            toHidden,
            weights.weightHh(),
            dh,
            shape.kind() == Kind.GRU);
      }
      weightGradients(shape, input, initial, kept, gradients.weights(), ofInput, ofHidden);
      if (gradients.input() != null) {
        backend.matmul(
            false,
            false,
            shape.rows(),
            shape.inputSize(),
            shape.gateSize(),
            ofInput,
            weights.weightIh(),
            gradients.input(),
            false);
      }
      copyIfWanted(dh, gradients.initial().hidden());
      if (dc != null) {
        copyIfWanted(dc, gradients.initial().cell());
      }
    }
  }

  private void stepBack(
      Kept kept,
      int t,
      State initial,
      CudaBuffer gradient,
      CudaBuffer dh,
      CudaBuffer dc,
      CudaBuffer ofInput,
      CudaBuffer ofHidden) {
    Recurrence shape = kept.shape();
    int n = shape.stateSize();
    int hidden = shape.hiddenSize();
    Kernels kernels = engine.kernels();
    switch (shape.kind()) {
      case LSTM ->
          kernels.each(
              "lstm_back",
              n,
              n,
              hidden,
              kept.gates(t),
              kept.cells(t),
              kept.cellBefore(t, initial),
              gradient,
              dh,
              Kernels.to(dc),
              Kernels.to(ofInput));
      case GRU ->
          kernels.each(
              "gru_back",
              n,
              n,
              hidden,
              kept.gates(t),
              kept.hiddenBefore(t, initial),
              gradient,
              Kernels.to(dh),
              Kernels.to(ofInput),
              Kernels.to(ofHidden));
      case RNN_TANH, RNN_RELU -> {
        int relu = shape.kind() == Kind.RNN_RELU ? 1 : 0;
        kernels.each("rnn_back", n, n, relu, kept.output(t), gradient, dh, Kernels.to(ofInput));
      }
    }
  }

  private void weightGradients(
      Recurrence shape,
      CudaBuffer input,
      State initial,
      Kept kept,
      Weights to,
      CudaBuffer ofInput,
      CudaBuffer ofHidden) {
    int rows = shape.rows();
    int gates = shape.gateSize();
    int hidden = shape.hiddenSize();
    if (to.weightIh() != null) {
      backend.matmul(
          true, false, gates, shape.inputSize(), rows, ofInput, input, to.weightIh(), false);
    }
    if (to.weightHh() != null) {
      int batch = shape.steps() == 0 ? 0 : shape.batch();
      backend.matmul(
          true, false, gates, hidden, batch, ofHidden, initial.hidden(), to.weightHh(), false);
      int later = rows - batch;
      if (later > 0) {
        CudaBuffer laterGates = ofHidden.part(batch * gates, later * gates);
        CudaBuffer earlier = kept.output().part(0, later * hidden);
        backend.matmul(true, false, gates, hidden, later, laterGates, earlier, to.weightHh(), true);
      }
    }
    if (to.biasIh() != null) {
      backend.sum(1, rows, gates, ofInput, to.biasIh());
    }
    if (to.biasHh() != null) {
      backend.sum(1, rows, gates, ofHidden, to.biasHh());
    }
  }

  @Override
  public void gates(
      Recurrence shape,
      Weights weights,
      CudaBuffer input,
      State initial,
      Activations saved,
      Buffer gates,
      Buffer cells) {
    CudaBuffer reserve = CudaBuffer.of(saved.reserve());
    int length = shape.rows() * shape.savedSize();
    if (gates != null) {
      copyIfWanted(reserve.part(0, length), gates);
    }
    if (cells != null) {
      copyIfWanted(reserve.part(length, cells.length()), cells);
    }
  }

  private CudaBuffer copyOrZero(Recurrence shape, Buffer from, Scratch scratch) {
    CudaBuffer to = scratch.take(shape.stateSize());
    if (from == null) {
      backend.fill(to, 0);
    } else {
      copyIfWanted(CudaBuffer.of(from), to);
    }
    return to;
  }

  private void copyIfWanted(CudaBuffer from, Buffer to) {
    if (to != null) {
      backend.copy(1, to.length(), from, to.length(), to, to.length());
    }
  }

  private static CudaBuffer orNull(Buffer buffer) {
    return buffer == null ? null : CudaBuffer.of(buffer);
  }
}
