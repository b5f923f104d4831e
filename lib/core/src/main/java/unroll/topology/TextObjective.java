package unroll.topology;

import java.util.List;
import java.util.stream.IntStream;
import unroll.autograd.Tape;
import unroll.data.Characters;
import unroll.loss.CrossEntropy;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Tensor;
import unroll.train.StoppedException;
import unroll.train.TruncatedObjective;

/** A loss of every next character of a text that lies in lanes side by side. */
final class TextObjective implements TruncatedObjective {

  /** How much of a text is computed at once where no gradient is wanted. */
  private static final int STEPS = 256;

  private static final int LANES = 16;

  private final Trainable model;
  private final Stack stack;
  private final Lanes train;
  private final int[] validation;

  TextObjective(Trainable model, Stack stack, Characters data, int lanes) {
    this.model = model;
    this.stack = stack;
    train = Lanes.of(data.train(), lanes);
    validation = data.validation();
  }

  /**
   * A text cut into lanes of one length; the character after a lane's last is its last target.
   *
   * @param text all of it
   * @param count of lanes
   * @param length of each
   */
  private record Lanes(int[] text, int count, int length) {

    static Lanes of(int[] text, int wanted) {
      int count = Math.max(1, Math.min(wanted, (text.length - 1) / 2));
      return new Lanes(text, count, (text.length - 1) / count);
    }

    /** Characters of some lanes, time-major; shift 1 for targets. */
    int[] tokens(int[] lanes, int from, int to, int shift) {
      int[] tokens = new int[(to - from) * lanes.length];
      for (int t = from; t < to; t++) {
        for (int b = 0; b < lanes.length; b++) {
          tokens[(t - from) * lanes.length + b] = text[lanes[b] * length + t + shift];
        }
      }
      return tokens;
    }

    Part loss(Stack stack, int[] lanes, int from, int to, List<Tensor> carried) {
      Tensor input = stack.embedding().lookup(tokens(lanes, from, to, 0), to - from, lanes.length);
      Unrolled<List<Tensor>> run = stack.carry(input, carried);
      return new Part(CrossEntropy.of(run.output(), tokens(lanes, from, to, 1)), run.state());
    }
  }

  @Override
  public Trainable model() {
    return model;
  }

  @Override
  public int examples() {
    return train.count();
  }

  @Override
  public int length(int example) {
    return train.length();
  }

  @Override
  public Tensor loss(int[] examples) {
    return loss(examples, 0, train.length(), List.of()).loss();
  }

  @Override
  public Part loss(int[] examples, int from, int to, List<Tensor> carried) {
    return train.loss(stack, examples, from, to, carried);
  }

  @Override
  public double weight(int[] examples) {
    return (double) examples.length * train.length();
  }

  @Override
  public long fingerprint() {
    return Checksums.of(train.text()) * 31 + Checksums.of(validation);
  }

  @Override
  public double validationLoss() {
    return validation.length < 2 ? Double.NaN : loss(stack, validation);
  }

  /** The mean surprise at each character of a text but the first ones of its lanes, in nats. */
  static double loss(Stack stack, int[] text) {
    if (text.length < 2) {
      throw new IllegalArgumentException("evaluate: the test part has fewer than two characters");
    }
    Lanes lanes = Lanes.of(text, Math.min(LANES, Math.max(1, text.length / STEPS)));
    int[] all = IntStream.range(0, lanes.count()).toArray();
    double sum = 0;
    List<Tensor> carried = List.of();
    for (int from = 0; from < lanes.length(); from += STEPS) {
      StoppedException.check("evaluate");
      int to = Math.min(from + STEPS, lanes.length());
      try (Tape memory = Tape.blank()) {
        Part part = lanes.loss(stack, all, from, to, carried);
        sum += part.loss().item() * (to - from);
        carried = part.carried().stream().map(Tensor::keep).toList();
      }
    }
    return sum / lanes.length();
  }

  /**
   * The mean surprise of the frequencies of pairs: p(b | a) = (count of ab + 1) / (count of a +
   * vocabulary), in nats.
   */
  static double pairs(Characters data) {
    int size = data.vocabulary().size();
    int[] train = data.train();
    double[][] counts = new double[size][size + 1];
    for (int i = 1; i < train.length; i++) {
      counts[train[i - 1]][train[i]]++;
      counts[train[i - 1]][size]++;
    }
    int[] test = data.test();
    double sum = 0;
    for (int i = 1; i < test.length; i++) {
      double[] row = counts[test[i - 1]];
      sum -= StrictMath.log((row[test[i]] + 1) / (row[size] + size));
    }
    return sum / (test.length - 1);
  }
}
