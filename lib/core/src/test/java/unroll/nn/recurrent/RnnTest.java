package unroll.nn.recurrent;

import java.util.List;
import org.junit.jupiter.api.Nested;
import unroll.tensor.Tensor;

class RnnTest {

  private abstract static class Contract extends GatedCellContract<Tensor> {

    private final boolean relu;
    private final boolean biased;

    Contract(boolean relu, boolean biased) {
      this.relu = relu;
      this.biased = biased;
    }

    @Override
    String name() {
      return "Rnn";
    }

    @Override
    Network<Tensor> create(int inputSize, int hiddenSize) {
      Rnn layer = Rnn.of(inputSize, hiddenSize);
      layer = relu ? layer.relu() : layer;
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
      double[] next = new double[h.length];
      for (int j = 0; j < h.length; j++) {
        double a = weights.both(j, x, h);
        next[j] = relu ? Math.max(a, 0) : Math.tanh(a);
      }
      return new double[][] {next};
    }

    @Override
    void checkActivations(Scalars weights, Gates gates, double[] x, double[] h, double[] c) {
      close(gates.of("h"), equations(weights, x, new double[][] {h})[0]);
    }
  }

  @Nested
  class Tanh extends Contract {
    Tanh() {
      super(false, true);
    }
  }

  @Nested
  class Relu extends Contract {
    Relu() {
      super(true, true);
    }
  }

  @Nested
  class WithoutBias extends Contract {
    WithoutBias() {
      super(false, false);
    }
  }
}
