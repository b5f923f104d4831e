package unroll.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.backend.Recurrence;
import unroll.backend.Recurrence.Activations;
import unroll.backend.Recurrence.Gradients;
import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/** A recurrent layer with random numbers, run forward and back on any backend. */
final class Layers {

  private final Backend backend;
  private final Random random;
  private final List<Buffer> results = new ArrayList<>();

  private Layers(Backend backend, long seed) {
    this.backend = backend;
    this.random = new Random(seed);
  }

  /**
   * All results of both ways: output, last states, gates, cells; gradients of input, weights and
   * initial states.
   */
  static List<double[]> run(Backend backend, Recurrence shape, boolean biased, long seed) {
    return new Layers(backend, seed).run(shape, biased);
  }

  private List<double[]> run(Recurrence s, boolean biased) {
    boolean lstm = s.kind() == Recurrence.Kind.LSTM;
    Buffer input = numbers(s.rows() * s.inputSize(), 1);
    double scale = 1 / Math.sqrt(s.hiddenSize());
    Weights weights =
        new Weights(
            numbers(s.gateSize() * s.inputSize(), scale),
            numbers(s.gateSize() * s.hiddenSize(), scale),
            biased ? numbers(s.gateSize(), scale) : null,
            biased ? numbers(s.gateSize(), scale) : null);
    State initial = state(s, lstm);
    Buffer outputGradient = numbers(s.rows() * s.hiddenSize(), 1);
    State lastGradient = state(s, lstm);

    Activations made =
        new Activations(
            result(s.rows() * s.hiddenSize()),
            new State(result(s.stateSize()), lstm ? result(s.stateSize()) : null),
            backend.allocate(backend.reserveLength(s)));
    backend.recurrentForward(s, weights, input, initial, made);
    Buffer gates = s.savedSize() > 0 ? result(s.rows() * s.savedSize()) : null;
    Buffer cells = lstm ? result(s.rows() * s.hiddenSize()) : null;
    backend.recurrentGates(s, weights, input, initial, made, gates, cells);
    Gradients gradients =
        new Gradients(
            outputGradient,
            lastGradient,
            result(input.length()),
            new Weights(
                result(s.gateSize() * s.inputSize()),
                result(s.gateSize() * s.hiddenSize()),
                biased ? result(s.gateSize()) : null,
                biased ? result(s.gateSize()) : null),
            new State(result(s.stateSize()), lstm ? result(s.stateSize()) : null));
    backend.recurrentBackward(s, weights, input, initial, made, gradients);
    return results.stream().map(this::read).toList();
  }

  private State state(Recurrence s, boolean lstm) {
    return new State(numbers(s.stateSize(), 1), lstm ? numbers(s.stateSize(), 1) : null);
  }

  private Buffer numbers(int length, double scale) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) ((random.nextDouble() * 2 - 1) * scale);
    }
    Buffer buffer = backend.allocate(length);
    backend.write(numbers, buffer);
    return buffer;
  }

  private Buffer result(int length) {
    Buffer buffer = backend.allocate(length);
    backend.fill(buffer, Double.NaN);
    results.add(buffer);
    return buffer;
  }

  private double[] read(Buffer buffer) {
    double[] numbers = new double[buffer.length()];
    backend.read(buffer, numbers);
    return numbers;
  }
}
