package unroll.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import unroll.tensor.Generator;

/**
 * How the training part is cut into batches. Where the examples differ in length, those of similar
 * length come together: the random order is cut into pools of some batches, each pool sorted by
 * length, and the batches drawn in random order again. So little is padded, and yet hardly ever do
 * the same examples meet twice.
 */
final class Batches {

  private static final int POOL = 50;

  private final int[] lengths;
  private final boolean even;

  private Batches(int[] lengths) {
    this.lengths = lengths;
    even = Arrays.stream(lengths).distinct().count() == 1;
  }

  /**
   * Asks every example for its length.
   *
   * @throws IllegalArgumentException if there are no examples, or one is shorter than a step
   */
  static Batches of(Objective objective) {
    if (objective.examples() < 1) {
      throw new IllegalArgumentException("fit: the training part is empty; split it later?");
    }
    int[] lengths = new int[objective.examples()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = objective.length(i);
      if (lengths[i] < 1) {
        throw new IllegalArgumentException(
            "fit: training example %d has %d steps; leave out what is empty"
                .formatted(i, lengths[i]));
      }
    }
    return new Batches(lengths);
  }

  int examples() {
    return lengths.length;
  }

  int[] lengths() {
    return lengths;
  }

  /** The longest examples, the longest first: what a batch can have at worst. */
  int[] longest(int count) {
    return IntStream.range(0, lengths.length)
        .boxed()
        .sorted((a, b) -> lengths[b] != lengths[a] ? lengths[b] - lengths[a] : a - b)
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** A pass with an order of its own. */
  Pass draw(Generator generator, Fit fit) {
    int size = (int) Math.min((long) fit.batch() * fit.accumulate(), lengths.length);
    int[] order = generator.permutation(lengths.length);
    if (even) {
      return new Pass(groups(order, size), lengths, fit.batch(), fit.truncate());
    }
    int pool = (int) Math.min((long) POOL * size, lengths.length);
    for (int from = 0; from < order.length; from += pool) {
      sort(order, from, Math.min(from + pool, order.length));
    }
    int[][] groups = groups(order, size);
    int[] which = generator.permutation(groups.length);
    int[][] mixed = Arrays.stream(which).mapToObj(i -> groups[i]).toArray(int[][]::new);
    return new Pass(mixed, lengths, fit.batch(), fit.truncate());
  }

  /** Sorts a part of an order by length; among equals the order stays. */
  private void sort(int[] order, int from, int to) {
    long[] keys = new long[to - from];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) lengths[order[from + i]] << 32 | i;
    }
    Arrays.sort(keys);
    int[] before = Arrays.copyOfRange(order, from, to);
    for (int i = 0; i < keys.length; i++) {
      order[from + i] = before[(int) keys[i]];
    }
  }

  private static int[][] groups(int[] order, int size) {
    int[][] groups = new int[(order.length - 1) / size + 1][];
    for (int g = 0; g < groups.length; g++) {
      groups[g] =
          Arrays.copyOfRange(order, g * size, (int) Math.min((g + 1L) * size, order.length));
    }
    return groups;
  }
}
