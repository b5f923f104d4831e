package unroll.train;

import unroll.nn.Trainable;
import unroll.optim.Progress;
import unroll.tensor.Tensor;

/**
 * What a training makes small: a model and the examples it learns from. An objective over sequences
 * that can be cut is a {@link TruncatedObjective}.
 */
public interface Objective {

  /** Whose parameters change. */
  Trainable model();

  /** The number of training examples. */
  int examples();

  /**
   * The length of an example in steps of time, at least 1. Examples of similar length come into a
   * batch together where lengths differ, so that little is padded.
   */
  default int length(int example) {
    return 1;
  }

  /**
   * The mean loss over some training examples, a scalar that depends on the parameters. Called
   * inside a tape, so layers such as dropout are at work.
   */
  Tensor loss(int[] examples);

  /**
   * How many things the mean of {@link #loss} is over: with accumulated gradients, parts of a batch
   * count by it, so that the sum is the gradient of the whole batch. By default the number of
   * examples; where every step of every sequence counts the same, the number of their steps.
   */
  default double weight(int[] examples) {
    return examples.length;
  }

  /**
   * Called before each step with how far the training has come: what changes during a training,
   * such as the share of scheduled sampling, must depend on it and on nothing else, so that a
   * training can go on from a checkpoint.
   */
  default void begin(Progress at) {}

  /**
   * The mean loss over the validation part with the present weights; NaN where there is none. May
   * throw a {@link StoppedException} where its thread is interrupted: it is computed anew when the
   * training is resumed.
   */
  double validationLoss();

  /**
   * A number that tells this data from other data, such as a checksum of it: a checkpoint is not
   * continued with data of another number. By default always 0; even then a change of the number of
   * examples, of their lengths or of the loss of some of them is noticed.
   */
  default long fingerprint() {
    return 0;
  }
}
