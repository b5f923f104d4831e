package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.backend.Recurrence.Kind;

/** The gradients of the recurrent layers on the reference backend, against central differences. */
class RecurrentGradientTest {

  private static final double STEP = 1e-5;
  private static final double LARGEST_ERROR = 1e-6;

  private final Backend backend = Backends.named("ejml");

  @ParameterizedTest
  @MethodSource("unroll.backend.RecurrentContract#layers")
  void gradients_finiteDifferences(Kind kind, boolean bias) {
    for (int[] size : new int[][] {{1, 1, 1, 1}, {4, 2, 3, 5}, {5, 1, 2, 3}, {2, 3, 4, 1}}) {
      Recurrence shape = new Recurrence(kind, size[0], size[1], size[2], size[3]);
      LayerData data = LayerData.random(shape, bias, new Host(backend, 21));
      LayerRun run = new LayerRun(backend, new Host(backend, 1), data);
      run.forward();
      for (Map.Entry<GradientPart, double[]> e : run.backward().entrySet()) {
        double[] expected = differences(data, values(data, e.getKey()));
        for (int i = 0; i < expected.length; i++) {
          double actual = e.getValue()[i];
          double scale = Math.max(0.01, Math.max(Math.abs(actual), Math.abs(expected[i])));
          assertThat(Math.abs(actual - expected[i]) / scale)
              .as("%s %s [%d]: %s and %s", shape, e.getKey(), i, actual, expected[i])
              .isLessThan(LARGEST_ERROR);
        }
      }
    }
  }

  private double[] differences(LayerData data, double[] values) {
    double[] slopes = new double[values.length];
    Arrays.setAll(
        slopes,
        i -> {
          double before = values[i];
          values[i] = before + STEP;
          double above = loss(data);
          values[i] = before - STEP;
          double below = loss(data);
          values[i] = before;
          return (above - below) / (2 * STEP);
        });
    return slopes;
  }

  /** The sum of all outputs and last states, each times the gradient that it gets. */
  private double loss(LayerData data) {
    LayerRun run = new LayerRun(backend, new Host(backend, 1), data);
    run.forward();
    double sum = dot(run.output(), data.probe(), 0) + lastDot(run.output(), data.lastHidden());
    return run.cells() == null ? sum : sum + lastDot(run.cells(), data.lastCell());
  }

  private static double lastDot(double[] all, double[] gradient) {
    return dot(all, gradient, all.length - gradient.length);
  }

  private static double dot(double[] x, double[] y, int from) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += x[from + i] * y[i];
    }
    return sum;
  }

  private static double[] values(LayerData data, GradientPart part) {
    return switch (part) {
      case INPUT -> data.input();
      case WEIGHT_IH -> data.weightIh();
      case WEIGHT_HH -> data.weightHh();
      case BIAS_IH -> data.biasIh();
      case BIAS_HH -> data.biasHh();
      case INITIAL_HIDDEN -> data.initialHidden();
      case INITIAL_CELL -> data.initialCell();
    };
  }
}
