package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The fused functions that are no recurrence. */
interface FunctionContract {

  Backend backend();

  @Test
  default void linear_scalarLoop() {
    for (int seed = 0; seed < 100; seed++) {
      Host host = new Host(backend(), seed);
      int rows = host.oneOf(0, 1, 2, 5, 8, 9, 33);
      int inputs = host.oneOf(1, 2, 7, 16, 33, 64);
      int outputs = host.oneOf(1, 3, 8, 17, 31, 65);
      double[] x = host.uniform(rows * inputs, -1, 1);
      double[] weight = host.uniform(outputs * inputs, -1, 1);
      double[] bias = seed % 2 == 0 ? host.uniform(outputs, -1, 1) : null;
      double[] expected = new double[rows * outputs];
      for (int i = 0; i < expected.length; i++) {
        int r = i / outputs;
        int o = i % outputs;
        expected[i] = bias == null ? 0 : bias[o];
        for (int k = 0; k < inputs; k++) {
          expected[i] += x[r * inputs + k] * weight[o * inputs + k];
        }
      }
      Buffer out = host.out(expected.length);
      Buffer b = bias == null ? null : host.in(bias);
      backend().linear(rows, inputs, outputs, host.in(x), host.in(weight), b, out);
      double tolerance = host.epsilon() * (2 + inputs);
      Host.assertClose("linear", host.read(out), expected, tolerance, 0);
      host.check();
    }
  }

  @Test
  default void softmaxCrossEntropy_scalarLoop() {
    for (int seed = 0; seed < 100; seed++) {
      Host host = new Host(backend(), seed);
      int rows = host.oneOf(1, 2, 5, 9, 33);
      int classes = host.oneOf(1, 2, 3, 7, 16, 31, 65);
      double[] logits = host.uniform(rows * classes, -10, 10);
      int[] targets = new int[rows];
      Arrays.setAll(targets, r -> host.between(0, classes - 1));
      double[] p = new double[logits.length];
      double[] expected = new double[rows];
      for (int r = 0; r < rows; r++) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(logits[r * classes + c]);
        }
        for (int c = 0; c < classes; c++) {
          p[r * classes + c] = Math.exp(logits[r * classes + c]) / sum;
        }
        expected[r] = -Math.log(p[r * classes + targets[r]]);
      }
      double tolerance = 64 * host.epsilon();
      Buffer losses = host.out(rows);
      Buffer probabilities = host.out(p.length);
      backend().softmaxCrossEntropy(rows, classes, host.in(logits), targets, losses, probabilities);
      Host.assertClose("losses", host.read(losses), expected, tolerance, tolerance);
      Host.assertClose("p", host.read(probabilities), p, tolerance, 0);

      double[] g = host.uniform(rows, -1, 1);
      double[] slopes = new double[p.length];
      Arrays.setAll(
          slopes, i -> (p[i] - (targets[i / classes] == i % classes ? 1 : 0)) * g[i / classes]);
      Buffer out = host.out(p.length);
      backend().softmaxCrossEntropyGradient(rows, classes, probabilities, targets, host.in(g), out);
      Host.assertClose("gradient", host.read(out), slopes, tolerance, 0);
      backend()
          .softmaxCrossEntropyGradient(
              rows, classes, probabilities, targets, host.in(g), probabilities);
      Host.assertClose("in place", host.read(probabilities), slopes, tolerance, 0);
      host.check();
    }
  }

  /** Logits may be as large as numbers get: only their differences count. */
  @Test
  default void softmaxCrossEntropy_hugeLogits() {
    Host host = new Host(backend(), 1);
    Buffer losses = host.out(3);
    Buffer p = host.out(9);
    double[] logits = {1e30, 0, -1e30, -2000, -2000, -2000, 1000, 900, Double.NEGATIVE_INFINITY};
    backend().softmaxCrossEntropy(3, 3, host.in(logits), new int[] {0, 1, 1}, losses, p);
    double tolerance = 64 * host.epsilon();
    double third = 1 / 3.0;
    Host.assertClose(
        "p", host.read(p), new double[] {1, 0, 0, third, third, third, 1, 0, 0}, tolerance, 0);
    Host.assertClose(
        "losses", host.read(losses), new double[] {0, Math.log(3), 100}, tolerance, tolerance);
  }

  @Test
  default void softmaxCrossEntropy_NaNStaysInItsRow() {
    Host host = new Host(backend(), 2);
    double[] logits = host.uniform(3 * 17, -1, 1);
    logits[20] = Double.NaN;
    Buffer losses = host.out(3);
    Buffer p = host.out(logits.length);
    backend().softmaxCrossEntropy(3, 17, host.in(logits), new int[] {1, 2, 3}, losses, p);
    double[] read = host.read(losses);
    assertThat(read[1]).isNaN();
    assertThat(read[0]).isFinite();
    assertThat(read[2]).isFinite();
  }

  @Test
  default void layerNorm_scalarLoopAndDifferences() {
    for (int seed = 0; seed < 40; seed++) {
      Host host = new Host(backend(), seed);
      int rows = host.oneOf(1, 2, 5, 9);
      int features = host.oneOf(2, 3, 7, 16, 33);
      double[] x = host.uniform(rows * features, -2, 2);
      double[] w = host.uniform(features, -1, 1);
      double[] b = host.uniform(features, -1, 1);
      double[] g = host.uniform(rows * features, -1, 1);
      Buffer normal = host.out(x.length);
      Buffer scale = host.out(rows);
      Buffer out = host.out(x.length);
      Buffer weight = host.in(w);
      backend().layerNorm(rows, features, host.in(x), weight, host.in(b), 0.1, normal, scale, out);
      double tolerance = 200 * host.epsilon();
      Host.assertClose("out", host.read(out), normalised(features, x, w, b), tolerance, 0);

      DoubleSupplier loss =
          () -> {
            double[] y = normalised(features, x, w, b);
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
              sum += g[i] * y[i];
            }
            return sum;
          };
      Buffer dx = host.out(x.length);
      Buffer dw = host.out(features);
      Buffer db = host.out(features);
      Buffer gradient = host.in(g);
      backend().layerNormGradient(rows, features, normal, scale, weight, gradient, dx, dw, db);
      double share = tolerance + 1e-8;
      Host.assertClose("dx", host.read(dx), differences(x, loss), share, 0);
      Host.assertClose("dw", host.read(dw), differences(w, loss), share, 0);
      Host.assertClose("db", host.read(db), differences(b, loss), share, 0);
      backend()
          .layerNormGradient(rows, features, normal, scale, weight, gradient, null, null, null);
      Buffer alone = host.out(x.length);
      backend()
          .layerNormGradient(rows, features, normal, scale, weight, gradient, alone, null, null);
      assertThat(host.read(alone)).containsExactly(host.read(dx));
      host.check();
    }
  }

  private static double[] normalised(int features, double[] x, double[] w, double[] b) {
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += features) {
      double[] part = Arrays.copyOfRange(x, row, row + features);
      double mean = Arrays.stream(part).average().orElseThrow();
      double variance = Arrays.stream(part).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      for (int i = 0; i < features; i++) {
        y[row + i] = (part[i] - mean) / Math.sqrt(variance + 0.1) * w[i] + b[i];
      }
    }
    return y;
  }

  private static double[] differences(double[] values, DoubleSupplier loss) {
    double step = 1e-5;
    double[] slopes = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double before = values[i];
      values[i] = before + step;
      double above = loss.getAsDouble();
      values[i] = before - step;
      slopes[i] = (above - loss.getAsDouble()) / (2 * step);
      values[i] = before;
    }
    return slopes;
  }
}
