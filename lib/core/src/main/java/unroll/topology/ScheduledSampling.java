package unroll.topology;

import unroll.optim.Progress;

/**
 * Which share of the words a network gets to see in training are its own instead of the right ones
 * (Bengio et al. 2015): so it learns to go on from its own mistakes. Starting with few is usual.
 */
@FunctionalInterface
public interface ScheduledSampling {

  /** The share of its own words, 0 to 1, at a point of the training. */
  double share(Progress at);

  /** None: teacher forcing (Williams and Zipser 1989). */
  static ScheduledSampling none() {
    return at -> 0;
  }

  /** The same share all the time. */
  static ScheduledSampling constant(double share) {
    requireShare(share);
    return at -> share;
  }

  /** From none, rising evenly over the epochs to a share at the end. */
  static ScheduledSampling linear(double end) {
    requireShare(end);
    return at -> end * Math.min(1, at.epoch() / at.epochs());
  }

  /**
   * 1 - k / (k + exp(i / k)) after i steps: few at first, half of them after k ln k steps, all in
   * the end.
   *
   * @param k at least 1
   */
  static ScheduledSampling inverseSigmoid(double k) {
    if (!(k >= 1)) {
      throw new IllegalArgumentException(
          "ScheduledSampling.inverseSigmoid: k must be at least 1, got " + k);
    }
    return at -> 1 - k / (k + StrictMath.exp(at.step() / k));
  }

  private static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "ScheduledSampling: the share must be from 0 to 1, got " + share);
    }
  }
}
