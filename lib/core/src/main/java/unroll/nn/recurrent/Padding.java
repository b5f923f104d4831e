package unroll.nn.recurrent;

import static unroll.tensor.Tensors.concat;

import java.util.Arrays;
import unroll.backend.Recurrence;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Makes the backend's whole-sequence routine idle in the padding, by one more feature of the input,
 * which is 1 there and 0 elsewhere, with weights that no other number outweighs: an LSTM's input
 * and output gates close and its forget gate opens, so that its cell stands still to the bit and
 * its output is zero; a rectifier's output is zero, so that it cannot grow beyond all bounds. What
 * gradient reaches a padded step goes through a closed gate and ends there.
 */
final class Padding {

  /**
   * A gate's sum of this size is closed or open to the last bit, in single and double precision.
   */
  private static final double SHUT = 1e4;

  private Padding() {}

  /** Whether a kind needs it: the others stay bounded, and their outputs are all that they have. */
  static boolean idles(Recurrence.Kind kind) {
    return kind == Recurrence.Kind.LSTM || kind == Recurrence.Kind.RNN_RELU;
  }

  /** The input with the feature, [time, batch, inputSize + 1]. */
  static Tensor input(Tensor input, Lengths lengths) {
    return concat(input, lengths.padding(input.backend()));
  }

  /** The weights with those of the feature, [gates hiddenSize, inputSize + 1]. */
  static Tensor weight(Recurrence.Kind kind, Tensor weightIh, int hiddenSize) {
    double[] column = new double[weightIh.size(0)];
    Arrays.fill(column, 0, hiddenSize, -SHUT);
    if (kind == Recurrence.Kind.LSTM) {
      Arrays.fill(column, hiddenSize, 2 * hiddenSize, SHUT);
      Arrays.fill(column, 3 * hiddenSize, 4 * hiddenSize, -SHUT);
    }
    Tensor out = Tensor.empty(Shape.of(column.length, 1), weightIh.backend());
    out.backend().write(column, out.buffer());
    return concat(weightIh, out);
  }
}
