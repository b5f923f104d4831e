package unroll.nn.recurrent;

import java.util.Arrays;
import java.util.stream.IntStream;
import unroll.backend.Backend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * The lengths of the sequences of a batch, which are padded at their ends to a common one.
 *
 * <p>What stands in the padding, a NaN too, goes nowhere: it is taken out by moving rows, not by
 * products with zero.
 */
final class Lengths {

  private final int steps;
  private final int batch;
  private final int[] each;
  private final int longest;
  private final int shortest;

  private Lengths(int steps, int batch, int... each) {
    this.steps = steps;
    this.batch = batch;
    this.each = each;
    longest = Arrays.stream(each).max().orElse(0);
    shortest = Arrays.stream(each).min().orElse(0);
  }

  /**
   * The lengths for an input [time, batch, features].
   *
   * @param lengths one for each sequence; null for all of the input's
   */
  static Lengths of(Object layer, Tensor input, int... lengths) {
    int steps = input.size(0);
    int batch = input.size(1);
    if (lengths == null) {
      return full(steps, batch);
    }
    if (lengths.length != batch) {
      throw new IllegalArgumentException(
          "%s: there must be a length for each of %d sequences, got %d"
              .formatted(layer, batch, lengths.length));
    }
    for (int length : lengths) {
      if (length < 0 || length > steps) {
        throw new IllegalArgumentException(
            "%s: lengths must be 0 to %d, the steps of the input, got %s"
                .formatted(layer, steps, Arrays.toString(lengths)));
      }
    }
    return new Lengths(steps, batch, lengths.clone());
  }

  private static Lengths full(int steps, int batch) {
    int[] each = new int[batch];
    Arrays.fill(each, steps);
    return new Lengths(steps, batch, each);
  }

  /** The number of steps of the input, padding included. */
  int steps() {
    return steps;
  }

  /** The number of sequences. */
  int batch() {
    return batch;
  }

  /** Whether there is no padding. */
  boolean isFull() {
    return batch == 0 || shortest == steps;
  }

  /** The steps that some sequence has. */
  int longest() {
    return batch == 0 ? steps : longest;
  }

  /** The steps that all sequences have. */
  int shortest() {
    return batch == 0 ? steps : shortest;
  }

  /** Whether a sequence has a step. */
  boolean has(int step, int sequence) {
    return step < each[sequence];
  }

  /** The same lengths in a batch without steps that no sequence has, but with one at least. */
  Lengths trimmed() {
    return new Lengths(Math.max(1, longest()), batch, each);
  }

  /** [steps, batch, n] with zeros in the padding and another number of steps. */
  Tensor mask(Tensor x, int newSteps) {
    if (isFull() && newSteps == steps) {
      return x;
    }
    int[] rows = rows(false);
    return Rows.move(x, rows, rows, Shape.of(newSteps, batch, x.size(-1)));
  }

  /** [steps, batch, n] with each sequence's own steps in reverse, and zeros in the padding. */
  Tensor reverse(Tensor x) {
    if (isFull()) {
      int[] backwards = IntStream.range(0, steps).map(t -> steps - 1 - t).toArray();
      return x.gather(backwards);
    }
    return Rows.move(x, rows(false), rows(true), x.shape());
  }

  /**
   * What stands at each sequence's own last step.
   *
   * @param x [steps, batch, n]
   * @param initial what stands before the first step, [batch, n]: for sequences without any
   */
  Tensor last(Tensor x, Tensor initial) {
    int[] some = IntStream.range(0, batch).filter(b -> each[b] > 0).toArray();
    int[] ends = Arrays.stream(some).map(b -> (each[b] - 1) * batch + b).toArray();
    Tensor last = Rows.move(x, ends, some, initial.shape());
    if (some.length == batch) {
      return last;
    }
    int[] none = IntStream.range(0, batch).filter(b -> each[b] == 0).toArray();
    return last.plus(Rows.move(initial, none, none, initial.shape()));
  }

  /** Where rows are that are no padding, in ascending order of their steps. */
  private int[] rows(boolean reversed) {
    return IntStream.range(0, steps * batch)
        .filter(row -> has(row / batch, row % batch))
        .map(row -> reversed ? mirrored(row) : row)
        .toArray();
  }

  private int mirrored(int row) {
    int b = row % batch;
    return (each[b] - 1 - row / batch) * batch + b;
  }

  /** 0 for a step, 1 for padding: [steps, batch, 1]. */
  Tensor padding(Backend backend) {
    double[] flags =
        IntStream.range(0, steps * batch)
            .mapToDouble(row -> has(row / batch, row % batch) ? 0 : 1)
            .toArray();
    Tensor out = Tensor.empty(Shape.of(steps, batch, 1), backend);
    backend.write(flags, out.buffer());
    return out;
  }
}
