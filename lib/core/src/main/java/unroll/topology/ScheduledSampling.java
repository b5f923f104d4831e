package unroll.topology;

import unroll.optim.Progress;

/**
 * Which share of the words a network gets to see in training are its own instead of the right ones
 * (Bengio et al. 2015): so it learns to go on from its own mistakes. Starting with few is usual.
 *
 * <p>The share must depend on the progress alone; a checkpoint is not continued with other shares.
 * Where a network writes its own words it goes step by step, and all that it drops is drawn anew at
 * each step: recurrent dropout too, which without scheduled sampling drops the same at all steps of
 * a sequence.
 */
@FunctionalInterface
public interface ScheduledSampling {

  /** The share of its own words, 0 to 1, at a point of the training. */
  double share(Progress at);

  /** None: teacher forcing (Williams and Zipser 1989). */
  static ScheduledSampling none() {
    return new ScheduledSamplings.Constant(0);
  }

  /** The same share all the time. */
  static ScheduledSampling constant(double share) {
    return new ScheduledSamplings.Constant(share);
  }

  /** From none, rising evenly over the epochs to a share at the end. */
  static ScheduledSampling linear(double end) {
    return new ScheduledSamplings.Linear(end);
  }

  /**
   * 1 - k / (k + exp(i / k)) after i steps: few at first, half of them after k ln k steps, all in
   * the end.
   *
   * @param k at least 1
   */
  static ScheduledSampling inverseSigmoid(double k) {
    return new ScheduledSamplings.InverseSigmoid(k);
  }
}
