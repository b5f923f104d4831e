package unroll.backend;

import java.util.EnumMap;
import java.util.Map;

/**
 * The equations of {@link Backend#recurrentForward} and the chain rule through them, one number at
 * a time in double precision.
 */
final class ScalarRecurrence {

  private final Recurrence shape;
  private final LayerData data;
  private final int hidden;
  private final int gateSize;

  final double[] output;
  final double[] gates;
  final double[] cells;
  final Map<GradientPart, double[]> gradients = new EnumMap<>(GradientPart.class);

  ScalarRecurrence(LayerData data) {
    this.data = data;
    shape = data.shape();
    hidden = shape.hiddenSize();
    gateSize = shape.gateSize();
    output = new double[shape.rows() * hidden];
    gates = new double[shape.rows() * shape.savedSize()];
    cells = new double[shape.rows() * hidden];
    gradients.put(GradientPart.INPUT, new double[data.input().length]);
    gradients.put(GradientPart.WEIGHT_IH, new double[data.weightIh().length]);
    gradients.put(GradientPart.WEIGHT_HH, new double[data.weightHh().length]);
    gradients.put(GradientPart.BIAS_IH, new double[gateSize]);
    gradients.put(GradientPart.BIAS_HH, new double[gateSize]);
  }

  void forward() {
    for (int t = 0; t < shape.steps(); t++) {
      for (int b = 0; b < shape.batch(); b++) {
        int row = t * shape.batch() + b;
        double[] a = new double[gateSize];
        double[] u = new double[gateSize];
        for (int g = 0; g < gateSize; g++) {
          a[g] = data.hasBias() ? data.biasIh()[g] : 0;
          u[g] = data.hasBias() ? data.biasHh()[g] : 0;
          for (int i = 0; i < shape.inputSize(); i++) {
            a[g] += weightIh(g, i) * data.input()[row * shape.inputSize() + i];
          }
          for (int j = 0; j < hidden; j++) {
            u[g] += weightHh(g, j) * hiddenBefore(t, b, j);
          }
        }
        for (int j = 0; j < hidden; j++) {
          unit(t, b, j, a, u);
        }
      }
    }
  }

  /** One unit's step, from W_ih x + b_ih and W_hh h + b_hh of all its gates. */
  private void unit(int t, int b, int j, double[] a, double[] u) {
    int row = t * shape.batch() + b;
    int k = row * hidden + j;
    int saved = row * shape.savedSize() + j;
    switch (shape.kind()) {
      case RNN_TANH -> output[k] = Math.tanh(a[j] + u[j]);
      case RNN_RELU -> output[k] = Math.max(0, a[j] + u[j]);
      case LSTM -> {
        double i = sigmoid(a[j] + u[j]);
        double f = sigmoid(a[hidden + j] + u[hidden + j]);
        double g = Math.tanh(a[2 * hidden + j] + u[2 * hidden + j]);
        double o = sigmoid(a[3 * hidden + j] + u[3 * hidden + j]);
        cells[k] = f * cellBefore(t, b, j) + i * g;
        output[k] = o * Math.tanh(cells[k]);
        save(saved, i, f, g, o);
      }
      case GRU -> {
        double r = sigmoid(a[j] + u[j]);
        double z = sigmoid(a[hidden + j] + u[hidden + j]);
        double fromHidden = u[2 * hidden + j];
        double n = Math.tanh(a[2 * hidden + j] + r * fromHidden);
        output[k] = (1 - z) * n + z * hiddenBefore(t, b, j);
        save(saved, r, z, n, fromHidden);
      }
    }
  }

  private void save(int at, double first, double second, double third, double fourth) {
    gates[at] = first;
    gates[at + hidden] = second;
    gates[at + 2 * hidden] = third;
    gates[at + 3 * hidden] = fourth;
  }

  /** After {@link #forward}. */
  void backward() {
    double[] dh = data.lastHidden().clone();
    double[] dc = data.lastCell().clone();
    for (int t = shape.steps() - 1; t >= 0; t--) {
      double[] dhBefore = new double[dh.length];
      double[] dcBefore = new double[dc.length];
      for (int b = 0; b < shape.batch(); b++) {
        double[] da = new double[gateSize];
        double[] du = new double[gateSize];
        for (int j = 0; j < hidden; j++) {
          int s = b * hidden + j;
          double d = dh[s] + data.probe()[t * shape.stateSize() + s];
          unitBackward(t, b, j, d, dc[s], da, du, dhBefore, dcBefore);
        }
        throughProducts(t, b, da, du, dhBefore);
      }
      dh = dhBefore;
      dc = dcBefore;
    }
    gradients.put(GradientPart.INITIAL_HIDDEN, dh);
    gradients.put(GradientPart.INITIAL_CELL, dc);
  }

  /** From the gradients of h' and c' to those of W_ih x + b_ih (da) and W_hh h + b_hh (du). */
  private void unitBackward(
      int t,
      int b,
      int j,
      double dh,
      double dcAfter,
      double[] da,
      double[] du,
      double[] dhBefore,
      double[] dcBefore) {
    int row = t * shape.batch() + b;
    int state = b * hidden + j;
    int at = row * shape.savedSize() + j;
    double y = output[row * hidden + j];
    switch (shape.kind()) {
      case RNN_TANH -> both(da, du, j, dh * (1 - y * y));
      case RNN_RELU -> both(da, du, j, y > 0 ? dh : 0);
      case LSTM -> {
        double i = gates[at];
        double f = gates[at + hidden];
        double g = gates[at + 2 * hidden];
        double o = gates[at + 3 * hidden];
        double tanhCell = Math.tanh(cells[row * hidden + j]);
        double dc = dcAfter + dh * o * (1 - tanhCell * tanhCell);
        both(da, du, j, dc * g * i * (1 - i));
        both(da, du, hidden + j, dc * cellBefore(t, b, j) * f * (1 - f));
        both(da, du, 2 * hidden + j, dc * i * (1 - g * g));
        both(da, du, 3 * hidden + j, dh * tanhCell * o * (1 - o));
        dcBefore[state] += dc * f;
      }
      case GRU -> {
        double r = gates[at];
        double z = gates[at + hidden];
        double n = gates[at + 2 * hidden];
        double fromHidden = gates[at + 3 * hidden];
        double dn = dh * (1 - z) * (1 - n * n);
        both(da, du, j, dn * fromHidden * r * (1 - r));
        both(da, du, hidden + j, dh * (hiddenBefore(t, b, j) - n) * z * (1 - z));
        da[2 * hidden + j] = dn;
        du[2 * hidden + j] = dn * r;
        dhBefore[state] += dh * z;
      }
    }
  }

  private void throughProducts(int t, int b, double[] da, double[] du, double[] dhBefore) {
    int x = (t * shape.batch() + b) * shape.inputSize();
    double[] gradInput = gradients.get(GradientPart.INPUT);
    double[] gradWeightIh = gradients.get(GradientPart.WEIGHT_IH);
    double[] gradWeightHh = gradients.get(GradientPart.WEIGHT_HH);
    for (int g = 0; g < gateSize; g++) {
      gradients.get(GradientPart.BIAS_IH)[g] += da[g];
      gradients.get(GradientPart.BIAS_HH)[g] += du[g];
      for (int i = 0; i < shape.inputSize(); i++) {
        gradWeightIh[g * shape.inputSize() + i] += da[g] * data.input()[x + i];
        gradInput[x + i] += da[g] * weightIh(g, i);
      }
      for (int j = 0; j < hidden; j++) {
        gradWeightHh[g * hidden + j] += du[g] * hiddenBefore(t, b, j);
        dhBefore[b * hidden + j] += du[g] * weightHh(g, j);
      }
    }
  }

  private static void both(double[] da, double[] du, int at, double value) {
    da[at] = value;
    du[at] = value;
  }

  private double weightIh(int gate, int i) {
    return data.weightIh()[gate * shape.inputSize() + i];
  }

  private double weightHh(int gate, int j) {
    return data.weightHh()[gate * hidden + j];
  }

  private double hiddenBefore(int t, int b, int j) {
    return before(t, b, j, data.initialHidden(), output);
  }

  private double cellBefore(int t, int b, int j) {
    return before(t, b, j, data.initialCell(), cells);
  }

  private double before(int t, int b, int j, double[] initial, double[] later) {
    int state = b * hidden + j;
    return t == 0 ? initial[state] : later[(t - 1) * shape.stateSize() + state];
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
