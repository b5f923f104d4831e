package unroll.backend;

import java.util.Arrays;

/**
 * The numbers of one recurrent layer's test: its weights, what goes in, and the gradients that come
 * in from behind.
 *
 * @param probe the gradient of the output, [T, B, H]
 * @param lastHidden the gradient of the last hidden state, [B, H]
 * @param lastCell the gradient of the last cell state, [B, H]
 */
record LayerData(
    Recurrence shape,
    boolean hasBias,
    double[] weightIh,
    double[] weightHh,
    double[] biasIh,
    double[] biasHh,
    double[] input,
    double[] initialHidden,
    double[] initialCell,
    double[] probe,
    double[] lastHidden,
    double[] lastCell) {

  /** Weights that keep the gates in the curved part of their functions. */
  static LayerData random(Recurrence shape, boolean hasBias, Host host) {
    double bound = 1.5 / Math.sqrt(shape.hiddenSize());
    int gates = shape.gateSize();
    int state = shape.stateSize();
    return new LayerData(
        shape,
        hasBias,
        host.uniform(gates * shape.inputSize(), -bound, bound),
        host.uniform(gates * shape.hiddenSize(), -bound, bound),
        host.uniform(gates, -0.9, 0.9),
        host.uniform(gates, -0.9, 0.9),
        host.uniform(shape.rows() * shape.inputSize(), -1.5, 1.5),
        host.uniform(state, -1, 1),
        host.uniform(state, -1, 1),
        host.uniform(shape.rows() * shape.hiddenSize(), -1, 1),
        host.uniform(state, -1, 1),
        host.uniform(state, -1, 1));
  }

  LayerData withInput(double[] other) {
    return with(shape, other, initialHidden, initialCell, probe, lastHidden, lastCell);
  }

  LayerData withLast(double[] otherHidden, double[] otherCell) {
    return with(shape, input, initialHidden, initialCell, probe, otherHidden, otherCell);
  }

  /** One step of the sequence from a state. */
  LayerData step(int t, double[] hidden, double[] cell) {
    Recurrence one =
        new Recurrence(shape.kind(), 1, shape.batch(), shape.inputSize(), shape.hiddenSize());
    int in = shape.batch() * shape.inputSize();
    int out = shape.stateSize();
    return with(
        one,
        Arrays.copyOfRange(input, t * in, (t + 1) * in),
        hidden,
        cell,
        Arrays.copyOfRange(probe, t * out, (t + 1) * out),
        lastHidden,
        lastCell);
  }

  private LayerData with(
      Recurrence otherShape,
      double[] otherInput,
      double[] hidden,
      double[] cell,
      double[] otherProbe,
      double[] otherLastHidden,
      double[] otherLastCell) {
    return new LayerData(
        otherShape,
        hasBias,
        weightIh,
        weightHh,
        biasIh,
        biasHh,
        otherInput,
        hidden,
        cell,
        otherProbe,
        otherLastHidden,
        otherLastCell);
  }
}
