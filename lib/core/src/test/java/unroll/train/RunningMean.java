package unroll.train;

import java.util.Arrays;
import java.util.List;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.nn.Dropout;
import unroll.nn.Layer;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Carry;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Sequences of different lengths; the network learns the mean of what it has seen so far. */
final class RunningMean implements TruncatedObjective {

  private final double[][] sequences;
  private final Network network;

  /** A small network. */
  record Network(Lstm lstm, Dropout dropout, Linear head) implements Trainable {
    static Network of(int hidden, double p, long seed) {
      Generator generator = Generator.of(seed);
      return new Network(
          Lstm.of(1, hidden, generator), Dropout.of(p), Linear.of(hidden, 1, generator));
    }

    List<Layer> layers() {
      return List.of(lstm, dropout, head);
    }
  }

  RunningMean(Network network, double[][] sequences) {
    this.network = network;
    this.sequences = sequences;
  }

  /** So many sequences of lengths from 3 up to a longest. */
  static RunningMean of(Network network, int count, int longest, long seed) {
    Generator generator = Generator.of(seed);
    double[][] sequences = new double[count][];
    for (int i = 0; i < count; i++) {
      sequences[i] = new double[3 + generator.nextInt(longest - 2)];
      generator.fillNormal(sequences[i], 0.5, 1);
    }
    return new RunningMean(network, sequences);
  }

  double[][] sequences() {
    return sequences;
  }

  @Override
  public Network model() {
    return network;
  }

  @Override
  public int examples() {
    return sequences.length;
  }

  @Override
  public int length(int example) {
    return sequences[example].length;
  }

  @Override
  public Tensor loss(int[] examples) {
    int longest = Arrays.stream(examples).map(this::length).max().orElseThrow();
    return loss(examples, 0, longest, List.of()).loss();
  }

  @Override
  public double weight(int[] examples) {
    return Arrays.stream(examples).map(this::length).sum();
  }

  @Override
  public Part loss(int[] examples, int from, int to, List<Tensor> carried) {
    int batch = examples.length;
    double[] x = new double[(to - from) * batch];
    double[] y = new double[x.length];
    double[] mask = new double[x.length];
    int[] lengths = new int[batch];
    double count = 0;
    for (int b = 0; b < batch; b++) {
      double[] sequence = sequences[examples[b]];
      lengths[b] = Math.max(0, Math.min(to, sequence.length) - from);
      double sum = 0;
      for (int t = 0; t < Math.min(to, sequence.length); t++) {
        sum += sequence[t];
        if (t >= from) {
          int at = (t - from) * batch + b;
          x[at] = sequence[t];
          y[at] = sum / (t + 1);
          mask[at] = 1;
          count++;
        }
      }
    }
    Unrolled<List<Tensor>> run =
        Carry.run(network.layers(), sequence(x, batch), carried, full(lengths, to - from));
    Tensor difference = run.output().minus(sequence(y, batch)).times(sequence(mask, batch));
    return new Part(difference.times(difference).sum().dividedBy(count), run.state());
  }

  /** Null where every sequence has every step: that way layers run in one operation. */
  private static int[] full(int[] lengths, int steps) {
    return Arrays.stream(lengths).allMatch(length -> length == steps) ? null : lengths;
  }

  private Tensor sequence(double[] values, int batch) {
    Backend backend = network.parameters().values().iterator().next().backend();
    return Tensor.of(values, Shape.of(values.length / batch, batch, 1), backend);
  }

  @Override
  public double validationLoss() {
    try (Tape memory = Tape.blank()) {
      int[] some = {0, 1, 2};
      return loss(some).item();
    }
  }

  /** All numbers of the model. */
  static double[] numbers(Trainable model) {
    return model.parameters().values().stream()
        .flatMapToDouble(p -> Arrays.stream(p.value().toArray()))
        .toArray();
  }
}
