package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import unroll.tensor.Tensor;

class LstmTest {

  private abstract static class Contract extends GatedCellContract<LstmState> {

    private final boolean biased;

    Contract(boolean biased) {
      this.biased = biased;
    }

    @Override
    String name() {
      return "Lstm";
    }

    @Override
    Network<LstmState> create(int inputSize, int hiddenSize) {
      Lstm layer = Lstm.of(inputSize, hiddenSize);
      layer = biased ? layer : layer.withoutBias();
      return new Network<>(layer.cell(), layer);
    }

    @Override
    List<Tensor> parts(LstmState state) {
      return List.of(state.hidden(), state.cell());
    }

    @Override
    LstmState state(List<Tensor> parts) {
      return new LstmState(parts.get(0), parts.get(1));
    }

    @Override
    double[][] equations(Scalars weights, double[] x, double[][] state) {
      double[] h = state[0];
      double[] c = state[1];
      int size = h.length;
      double[][] next = new double[2][size];
      for (int j = 0; j < size; j++) {
        double i = Scalars.sigmoid(weights.both(j, x, h));
        double f = Scalars.sigmoid(weights.both(size + j, x, h));
        double g = Math.tanh(weights.both(2 * size + j, x, h));
        double o = Scalars.sigmoid(weights.both(3 * size + j, x, h));
        next[1][j] = f * c[j] + i * g;
        next[0][j] = o * Math.tanh(next[1][j]);
      }
      return next;
    }

    @Override
    void checkActivations(Scalars weights, Gates gates, double[] x, double[] h, double[] c) {
      String[] names = {"i", "f", "g", "o"};
      for (int gate = 0; gate < names.length; gate++) {
        double[] actual = gates.of(names[gate]);
        double[] expected = new double[h.length];
        for (int j = 0; j < h.length; j++) {
          double a = weights.both(gate * h.length + j, x, h);
          expected[j] = gate == 2 ? Math.tanh(a) : Scalars.sigmoid(a);
          assertThat(actual[j]).isStrictlyBetween(gate == 2 ? -1.0 : 0.0, 1.0);
        }
        close(actual, expected);
      }
      double[] cell = new double[h.length];
      double[] hidden = new double[h.length];
      for (int j = 0; j < h.length; j++) {
        cell[j] = gates.of("f")[j] * c[j] + gates.of("i")[j] * gates.of("g")[j];
        hidden[j] = gates.of("o")[j] * Math.tanh(cell[j]);
      }
      close(gates.of("c"), cell);
      close(gates.of("h"), hidden);
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
