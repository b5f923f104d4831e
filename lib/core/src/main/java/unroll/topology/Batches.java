package unroll.topology;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import unroll.autograd.Tape;
import unroll.train.StoppedException;

/** Goes through a part in batches where no gradient is wanted. */
final class Batches {

  /** Sequences that are computed at once. */
  private static final int BATCH = 256;

  private Batches() {}

  /** What is done with some examples. */
  interface Work {
    void with(int[] examples);
  }

  /** Goes through all examples, those of similar length together; memory is that of one batch. */
  static void each(int count, IntUnaryOperator length, Work work) {
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingInt(length::applyAsInt))
            .mapToInt(i -> i)
            .toArray();
    for (int from = 0; from < count; from += BATCH) {
      StoppedException.check("evaluate");
      int[] examples = Arrays.copyOfRange(order, from, Math.min(from + BATCH, count));
      try (Tape memory = Tape.blank()) {
        work.with(examples);
      }
    }
  }

  /** The mean of something over all examples, NaN where there are none. */
  static double mean(
      int count,
      IntUnaryOperator length,
      ToDoubleFunction<int[]> mean,
      ToDoubleFunction<int[]> weight) {
    double[] sums = new double[2];
    each(
        count,
        length,
        examples -> {
          double w = weight.applyAsDouble(examples);
          sums[0] += mean.applyAsDouble(examples) * w;
          sums[1] += w;
        });
    return count == 0 ? Double.NaN : sums[0] / sums[1];
  }
}
