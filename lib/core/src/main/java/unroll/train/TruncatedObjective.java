package unroll.train;

import java.util.List;
import unroll.tensor.Tensor;

/**
 * An objective over sequences that may be cut into parts, for truncated backpropagation through
 * time (Williams and Peng 1990) with {@link Fit#truncate}: a step of the optimizer after each part,
 * the state carried over from one part to the next, and memory for one part only however long the
 * sequences are.
 */
public interface TruncatedObjective extends Objective {

  /**
   * What a part gives.
   *
   * @param loss the mean over the steps of this part, a scalar
   * @param carried the state after its last step, as many tensors as its objective likes, always in
   *     the same order; the training keeps copies, through which no gradient flows
   */
  record Part(Tensor loss, List<Tensor> carried) {}

  /**
   * The mean loss over a part of some training examples. Called inside a tape, with parts of the
   * same examples one after the other, from their first steps to their last.
   *
   * @param examples as for {@link #loss(int[])}; some may have ended before this part
   * @param from the first step of the part
   * @param to the step after its last; at most the length of the longest of the examples
   * @param carried what the part before gave, or an empty list before the first step
   */
  Part loss(int[] examples, int from, int to, List<Tensor> carried);

  /**
   * How many things the mean of a part's loss is over; by default the steps that the examples have
   * between from and to. {@link #weight(int[])} should be the sum over all parts.
   */
  default double weight(int[] examples, int from, int to) {
    double steps = 0;
    for (int example : examples) {
      steps += Math.max(0, Math.min(to, length(example)) - from);
    }
    return steps;
  }
}
