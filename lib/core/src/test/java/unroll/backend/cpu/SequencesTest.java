package unroll.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.backend.Recurrence.Activations;
import unroll.backend.Recurrence.Gradients;
import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

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

  @ParameterizedTest
  @EnumSource
  void withoutReserve_aLongSequenceRunsInPieces_toTheSameBits(Recurrence.Kind kind) {
    Recurrence shape = new Recurrence(kind, 2100, 4, 2, 3);
    assertThat(last(shape, true)).containsExactly(last(shape, false));
  }

  /** The last state and, after it, all outputs. */
  private static double[] last(Recurrence shape, boolean reserve) {
    Random random = new Random(5);
    boolean lstm = shape.kind() == Recurrence.Kind.LSTM;
    Weights weights =
        new Weights(
            numbers(shape.gateSize() * shape.inputSize(), random),
            numbers(shape.gateSize() * shape.hiddenSize(), random),
            numbers(shape.gateSize(), random),
            numbers(shape.gateSize(), random));
    Buffer input = numbers(shape.rows() * shape.inputSize(), random);
    Buffer hidden = numbers(shape.stateSize(), random);
    Buffer cell = lstm ? numbers(shape.stateSize(), random) : null;
    Buffer output = ONE.allocate(shape.rows() * shape.hiddenSize() + 2 * shape.stateSize());
    ONE.fill(output, 0);
    int state = shape.stateSize();
    Buffer lastCell = lstm ? output.slice(state, state) : null;
    Activations made =
        new Activations(
            output.slice(2 * state, output.length() - 2 * state),
            new State(output.slice(0, state), lastCell),
            reserve ? ONE.allocate(ONE.reserveLength(shape)) : null);
    ONE.recurrentForward(shape, weights, input, new State(hidden, cell), made);
    double[] numbers = new double[output.length()];
    ONE.read(output, numbers);
    return numbers;
  }

  @Test
  void repeatedSteps_allocateNoBuffers() {
    Recurrence shape = new Recurrence(Recurrence.Kind.LSTM, 10, 8, 30, 40);
    Random random = new Random(6);
    Weights weights =
        new Weights(
            numbers(shape.gateSize() * shape.inputSize(), random),
            numbers(shape.gateSize() * shape.hiddenSize(), random),
            numbers(shape.gateSize(), random),
            numbers(shape.gateSize(), random));
    Buffer input = numbers(shape.rows() * shape.inputSize(), random);
    Buffer outputGradient = numbers(shape.rows() * shape.hiddenSize(), random);
    State zero = new State(null, null);
    ThreadMXBean counters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = 0;
    int steps = 20;
    for (int step = -3; step < steps; step++) {
      if (step == 0) {
        before = counters.getThreadAllocatedBytes(thread);
      }
      Buffer output = ONE.allocate(shape.rows() * shape.hiddenSize());
      Buffer reserve = ONE.allocate(ONE.reserveLength(shape));
      Activations made = new Activations(output, zero, reserve);
      ONE.recurrentForward(shape, weights, input, zero, made);
      Buffer inputGradient = ONE.allocate(input.length());
      ONE.recurrentBackward(
          shape,
          weights,
          input,
          zero,
          made,
          new Gradients(outputGradient, zero, inputGradient, weights, zero));
      ONE.release(inputGradient);
      ONE.release(reserve);
      ONE.release(output);
    }
    long perStep = (counters.getThreadAllocatedBytes(thread) - before) / steps;
    assertThat(perStep).isLessThan(16 * 1024);
  }

  private static Buffer numbers(int length, Random random) {
    double[] numbers = random.doubles(length, -0.5, 0.5).toArray();
    Buffer buffer = ONE.allocate(length);
    ONE.write(numbers, buffer);
    return buffer;
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
