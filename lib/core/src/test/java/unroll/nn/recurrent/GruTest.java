package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import unroll.tensor.Tensor;

class GruTest {

  private abstract static class Contract extends GatedCellContract<Tensor> {

    private final boolean biased;

    Contract(boolean biased) {
      this.biased = biased;
    }

    @Override
    String name() {
      return "Gru";
    }

    @Override
    Network<Tensor> create(int inputSize, int hiddenSize) {
      Gru layer = Gru.of(inputSize, hiddenSize);
      layer = biased ? layer : layer.withoutBias();
      return new Network<>(layer.cell(), layer);
    }

    @Override
    List<Tensor> parts(Tensor state) {
      return List.of(state);
    }

    @Override
    Tensor state(List<Tensor> parts) {
      return parts.get(0);
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      double[] h = state[0];
      int size = h.length;
      double[] next = new double[size];
      for (int j = 0; j < size; j++) {
        double z = update(weights, x, h, j);
        next[j] = (1 - z) * candidate(weights, x, h, j) + z * h[j];
      }
      return new double[][] {next};
    }

    private static double reset(Scalars weights, double[] x, double[] h, int j) {
      return Scalars.sigmoid(weights.both(j, x, h));
    }

    private static double update(Scalars weights, double[] x, double[] h, int j) {
      return Scalars.sigmoid(weights.both(h.length + j, x, h));
    }

    private static double candidate(Scalars weights, double[] x, double[] h, int j) {
      int row = 2 * h.length + j;
      double r = reset(weights, x, h, j);
      return Math.tanh(weights.fromInput(row, x) + r * weights.fromHidden(row, h));
    }

    @Override
    void checkActivations(Scalars weights, Gates gates, double[] x, double[] h, double[] c) {
      double[] r = gates.of("r");
      double[] z = gates.of("z");
      double[] n = gates.of("n");
      double[] next = new double[h.length];
      double[][] expected = new double[3][h.length];
      for (int j = 0; j < h.length; j++) {
        assertThat(r[j]).isStrictlyBetween(0.0, 1.0);
        assertThat(z[j]).isStrictlyBetween(0.0, 1.0);
        expected[0][j] = reset(weights, x, h, j);
        expected[1][j] = update(weights, x, h, j);
        expected[2][j] = candidate(weights, x, h, j);
        next[j] = (1 - z[j]) * n[j] + z[j] * h[j];
      }
      close(r, expected[0]);
      close(z, expected[1]);
      close(n, expected[2]);
      close(gates.of("h"), next);
    }
  }

  @Nested
  class WithBias extends Contract {
    WithBias() {
      super(true);
    }
  }

  @Nested
  class WithoutBias extends Contract {
    WithoutBias() {
      super(false);
    }
  }
}
