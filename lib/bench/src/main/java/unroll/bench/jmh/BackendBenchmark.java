package unroll.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.backend.Unary;
import unroll.tensor.Generator;

/** The kernels in which a training step spends its time, at batch 32. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class BackendBenchmark {

  private static final int STEPS = 50;
  private static final int BATCH = 32;

  /** Made by JMH. */
  public BackendBenchmark() {}

  /** Units of the layer. */
  @Param({"64", "128", "256", "512"})
  private int hidden;

  private Backend backend;
  private Recurrence lstm;
  private Recurrence.Weights weights;
  private Recurrence.Weights weightGradients;
  private Recurrence.State initial;
  private Recurrence.Activations activations;
  private Buffer input;
  private Buffer inputGradient;
  private Buffer gates;
  private Buffer gateResult;

  /** Makes all buffers. */
  @Setup(Level.Trial)
  public void prepare() {
    backend = Backends.use("cpu");
    lstm = new Recurrence(Recurrence.Kind.LSTM, STEPS, BATCH, hidden, hidden);
    int gateSize = lstm.gateSize();
    weights = weights(gateSize);
    weightGradients = weights(gateSize);
    initial = new Recurrence.State(random(lstm.stateSize()), random(lstm.stateSize()));
    input = random(lstm.rows() * hidden);
    inputGradient = random(lstm.rows() * hidden);
    gates = random(lstm.rows() * gateSize);
    gateResult = random(lstm.rows() * gateSize);
    activations =
        new Recurrence.Activations(
            random(lstm.rows() * hidden),
            new Recurrence.State(null, null),
            random(backend.reserveLength(lstm)));
    backend.recurrentForward(lstm, weights, input, initial, activations);
  }

  private Recurrence.Weights weights(int gateSize) {
    return new Recurrence.Weights(
        random(gateSize * hidden), random(gateSize * hidden), random(gateSize), random(gateSize));
  }

  private Buffer random(int length) {
    double[] values = new double[length];
    Generator.of(length).fillUniform(values, -0.1, 0.1);
    Buffer buffer = backend.allocate(length);
    backend.write(values, buffer);
    return buffer;
  }

  /** The input's part of all gates: [T B, H] times [4H, H] transposed. */
  @Benchmark
  public void inputProduct() {
    backend.matmul(
        false, true, lstm.rows(), lstm.gateSize(), hidden, input, weights.weightIh(), gates, false);
  }

  /** The gradient of a weight: [T B, 4H] transposed times [T B, H]. */
  @Benchmark
  public void weightProduct() {
    backend.matmul(
        true,
        false,
        lstm.gateSize(),
        hidden,
        lstm.rows(),
        gates,
        input,
        weightGradients.weightIh(),
        false);
  }

  /** The logistic function of all gates. */
  @Benchmark
  public void sigmoid() {
    backend.map(Unary.SIGMOID, gates, gateResult);
  }

  /** An LSTM forward over 50 steps. */
  @Benchmark
  public void lstmForward() {
    backend.recurrentForward(lstm, weights, input, initial, activations);
  }

  /** An LSTM back over 50 steps. */
  @Benchmark
  public void lstmBackward() {
    backend.recurrentBackward(
        lstm,
        weights,
        input,
        initial,
        activations,
        new Recurrence.Gradients(
            activations.output(),
            new Recurrence.State(null, null),
            inputGradient,
            weightGradients,
            new Recurrence.State(null, null)));
  }
}
