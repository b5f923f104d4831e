package unroll.loss;

import java.util.stream.IntStream;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Which elements count: a tensor of ones and zeros, shaped like what it masks or like its first
 * axes. A loss leaves the zeros out altogether, so whatever stands there, NaN included, has no part
 * in the loss or in a gradient.
 */
public final class Mask {

  private Mask() {}

  /**
   * The mask of sequences of different lengths, on the current backend: 1 where t is less than the
   * sequence's length.
   *
   * @param steps the length of the longest
   * @param lengths one a sequence, from 0 to {@code steps}
   * @return [steps, sequences]
   */
  public static Tensor ofLengths(int steps, int... lengths) {
    double[] mask = new double[steps * lengths.length];
    for (int b = 0; b < lengths.length; b++) {
      if (lengths[b] < 0 || lengths[b] > steps) {
        throw new IllegalArgumentException(
            "Mask.ofLengths: lengths must be from 0 to %d, got %d".formatted(steps, lengths[b]));
      }
      for (int t = 0; t < lengths[b]; t++) {
        mask[t * lengths.length + b] = 1;
      }
    }
    return Tensor.of(mask, steps, lengths.length);
  }

  /**
   * The elements, or rows of the first axes, that a mask leaves: [left, ...].
   *
   * @throws IllegalArgumentException if the mask has another shape, other numbers than 0 and 1, or
   *     leaves nothing
   */
  public static Tensor select(Tensor x, Tensor mask) {
    int[] kept = kept("Mask", x.shape(), mask);
    int[] sizes = x.shape().sizes();
    int[] rows = new int[sizes.length - mask.shape().rank() + 1];
    rows[0] = mask.shape().length();
    System.arraycopy(sizes, mask.shape().rank(), rows, 1, rows.length - 1);
    Tensor flat = x.reshape(rows);
    return kept.length == rows[0] ? flat : flat.gather(kept);
  }

  /** The places of the ones in a mask of some shape or of its first axes. */
  static int[] kept(String operation, Shape shape, Tensor mask) {
    int rank = mask.shape().rank();
    boolean fits =
        rank <= shape.rank()
            && IntStream.range(0, rank).allMatch(axis -> mask.size(axis) == shape.size(axis));
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: a mask must be shaped like %s or its first axes, got %s"
              .formatted(operation, shape, mask.shape()));
    }
    double[] numbers = mask.toArray();
    for (double number : numbers) {
      if (number != 0 && number != 1) {
        throw new IllegalArgumentException(
            "%s: a mask must be of zeros and ones, got %s".formatted(operation, number));
      }
    }
    int[] kept = IntStream.range(0, numbers.length).filter(i -> numbers[i] == 1).toArray();
    if (kept.length == 0) {
      throw new IllegalArgumentException(
          "%s: the mask leaves nothing of %s to take a mean of; leave such examples out"
              .formatted(operation, shape));
    }
    return kept;
  }
}
