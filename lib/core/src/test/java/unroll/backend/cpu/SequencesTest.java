package unroll.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Recurrence;

class SequencesTest {

  private static final CpuBackend ONE = new CpuBackend(Kernels.plain(), 1);
  private static final CpuBackend TWO = new CpuBackend(Kernels.best(), 2);
  private static final CpuBackend THREE = new CpuBackend(Kernels.best(), 3);

  @AfterAll
  static void endThreads() {
    TWO.threads(1);
    THREE.threads(1);
  }

  @ParameterizedTest
  @CsvSource({
    "RNN_TANH, 5, 3, 7, 33",
    "RNN_RELU, 4, 33, 31, 31",
    "RNN_TANH, 3, 9, 64, 100",
    "LSTM, 1, 1, 1, 1",
    "LSTM, 9, 40, 33, 40",
    "LSTM, 3, 9, 40, 70",
    "GRU, 5, 3, 7, 33",
    "GRU, 9, 24, 20, 32",
    "GRU, 3, 8, 33, 96",
  })
  void layer_agreesWithTheReference_andIsTheSameForAllThreadsAndLoops(
      Recurrence.Kind kind, int steps, int batch, int inputs, int hidden) {
    Recurrence shape = new Recurrence(kind, steps, batch, inputs, hidden);
    for (boolean biased : new boolean[] {true, false}) {
      List<double[]> plain = Layers.run(ONE, shape, biased, hidden);
      for (Backend other : List.of(TWO, THREE)) {
        List<double[]> found = Layers.run(other, shape, biased, hidden);
        for (int i = 0; i < plain.size(); i++) {
          assertThat(found.get(i)).as("result %d on %s", i, other).containsExactly(plain.get(i));
        }
      }
      List<double[]> reference = Layers.run(Backends.named("ejml"), shape, biased, hidden);
      for (int i = 0; i < plain.size(); i++) {
        assertThat(largestError(plain.get(i), reference.get(i)))
            .as("result %d", i)
            .isLessThan(2e-5);
      }
    }
  }

  private static double largestError(double[] found, double[] expected) {
    double error = 0;
    double size = 1e-3;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(found[i] - expected[i]);
      error = Math.max(error, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
      size = Math.max(size, Math.abs(expected[i]));
    }
    return error / size;
  }
}
