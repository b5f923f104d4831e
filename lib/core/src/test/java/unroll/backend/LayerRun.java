package unroll.backend;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import unroll.backend.Recurrence.Activations;
import unroll.backend.Recurrence.Gradients;
import unroll.backend.Recurrence.Kind;
import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/** A recurrent layer on a backend: makes its buffers, runs it, and reads what came out. */
final class LayerRun {

  private final Host host;
  private final Backend backend;
  private final LayerData data;
  private final Recurrence shape;
  private final Weights weights;
  private final Buffer input;
  private final State initial;
  private final boolean lstm;

  private Activations saved;
  private double[] output;
  private double[] gates;
  private double[] cells;

  LayerRun(Backend backend, Host host, LayerData data) {
    this.backend = backend;
    this.host = host;
    this.data = data;
    shape = data.shape();
    lstm = shape.kind() == Kind.LSTM;
    weights =
        new Weights(
            host.in(data.weightIh()),
            host.in(data.weightHh()),
            data.hasBias() ? host.in(data.biasIh()) : null,
            data.hasBias() ? host.in(data.biasHh()) : null);
    input = host.in(data.input());
    initial = new State(host.in(data.initialHidden()), lstm ? host.in(data.initialCell()) : null);
  }

  void forward() {
    saved =
        new Activations(
            host.out(shape.rows() * shape.hiddenSize()),
            new State(host.out(shape.stateSize()), lstm ? host.out(shape.stateSize()) : null),
            host.out(backend.reserveLength(shape)));
    backend.recurrentForward(shape, weights, input, initial, saved);
    output = read(saved.output());
    Buffer gateBuffer = shape.savedSize() > 0 ? host.out(shape.rows() * shape.savedSize()) : null;
    Buffer cellBuffer = lstm ? host.out(shape.rows() * shape.hiddenSize()) : null;
    backend.recurrentGates(shape, weights, input, initial, saved, gateBuffer, cellBuffer);
    gates = read(gateBuffer);
    cells = read(cellBuffer);
  }

  /** The output of a run that keeps nothing for a way back. */
  double[] forwardOnly() {
    Buffer out = host.out(shape.rows() * shape.hiddenSize());
    backend.recurrentForward(
        shape, weights, input, initial, new Activations(out, new State(null, null), null));
    return host.read(out);
  }

  double[] output() {
    return output;
  }

  /** The last hidden state. */
  double[] lastHidden() {
    return host.read(saved.last().hidden());
  }

  /** The last cell state, or null for all but an LSTM. */
  double[] lastCell() {
    return read(saved.last().cell());
  }

  /** The saved gates, or null for a plain RNN. */
  double[] gates() {
    return gates;
  }

  /** The cell states, or null for all but an LSTM. */
  double[] cells() {
    return cells;
  }

  /** All gradients that this layer has. */
  Set<GradientPart> parts() {
    Set<GradientPart> parts = EnumSet.allOf(GradientPart.class);
    if (!data.hasBias()) {
      parts.remove(GradientPart.BIAS_IH);
      parts.remove(GradientPart.BIAS_HH);
    }
    if (!lstm) {
      parts.remove(GradientPart.INITIAL_CELL);
    }
    return parts;
  }

  /** Every gradient, after {@link #forward}. */
  Map<GradientPart, double[]> backward() {
    return backward(parts(), true, true);
  }

  /**
   * The gradients that are wanted, after {@link #forward}.
   *
   * @param lastHidden whether a gradient of the last hidden state comes in
   * @param lastCell whether a gradient of the last cell state comes in
   */
  Map<GradientPart, double[]> backward(
      Set<GradientPart> wanted, boolean lastHidden, boolean lastCell) {
    State last =
        new State(
            lastHidden ? host.in(data.lastHidden()) : null,
            lstm && lastCell ? host.in(data.lastCell()) : null);
    Map<GradientPart, Buffer> out = new EnumMap<>(GradientPart.class);
    wanted.forEach(part -> out.put(part, host.out(length(part))));
    Gradients gradients =
        new Gradients(
            host.in(data.probe()),
            last,
            out.get(GradientPart.INPUT),
            new Weights(
                out.get(GradientPart.WEIGHT_IH),
                out.get(GradientPart.WEIGHT_HH),
                out.get(GradientPart.BIAS_IH),
                out.get(GradientPart.BIAS_HH)),
            new State(out.get(GradientPart.INITIAL_HIDDEN), out.get(GradientPart.INITIAL_CELL)));
    backend.recurrentBackward(shape, weights, input, initial, saved, gradients);
    Map<GradientPart, double[]> results = new EnumMap<>(GradientPart.class);
    out.forEach((part, buffer) -> results.put(part, host.read(buffer)));
    return results;
  }

  private int length(GradientPart part) {
    return switch (part) {
      case INPUT -> data.input().length;
      case WEIGHT_IH -> data.weightIh().length;
      case WEIGHT_HH -> data.weightHh().length;
      case BIAS_IH, BIAS_HH -> shape.gateSize();
      case INITIAL_HIDDEN, INITIAL_CELL -> shape.stateSize();
    };
  }

  private double[] read(Buffer buffer) {
    return buffer == null ? null : host.read(buffer);
  }
}
