package unroll.optim;

/**
 * The learning rate over a training, a pure function of how far it has come: {@code
 * Schedule.cosine().warmUp(500)}. A schedule keeps nothing between two calls, so a training that is
 * resumed needs no more than its {@link Progress}.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The learning rate of the next step.
   *
   * @param base the learning rate that the training was given, positive
   * @param at how far it has come
   */
  double rate(double base, Progress at);

  /** The same learning rate all the time. */
  static Schedule constant() {
    return new Schedules.Constant();
  }

  /**
   * Falls by a factor every so many epochs.
   *
   * <pre>
   * rate = base factor^floor(epoch / every)
   * </pre>
   *
   * <p>The same as PyTorch's {@code StepLR}.
   *
   * @param every a number of epochs, at least 1
   * @param factor positive, usually less than 1
   */
  static Schedule step(int every, double factor) {
    return new Schedules.Step(every, factor);
  }

  /**
   * Falls by a factor in every epoch, a little in each step.
   *
   * <pre>
   * rate = base factor^epoch
   * </pre>
   *
   * <p>At whole epochs the same as PyTorch's {@code ExponentialLR}, which stays there in between.
   *
   * @param factor positive, usually a little less than 1
   */
  static Schedule exponential(double factor) {
    return new Schedules.Exponential(factor);
  }

  /** {@link #cosine(double)} down to zero. */
  static Schedule cosine() {
    return cosine(0);
  }

  /**
   * Falls along half a cosine, slowly at first and at last (Loshchilov and Hutter 2017, without
   * restarts).
   *
   * <pre>
   * rate = lowest + (base - lowest) (1 + cos(π epoch / epochs)) / 2
   * </pre>
   *
   * <p>At whole epochs the same as PyTorch's {@code CosineAnnealingLR}, which stays there in
   * between.
   *
   * @param lowest the learning rate at the end, not negative
   */
  static Schedule cosine(double lowest) {
    return new Schedules.Cosine(lowest);
  }

  /**
   * Goes along a straight line from the base to a part of it.
   *
   * <pre>
   * rate = base (1 + (factor - 1) epoch / epochs)
   * </pre>
   *
   * <p>At whole epochs the same as PyTorch's {@code LinearLR}, which stays there in between.
   *
   * @param factor what is left of the base at the end, not negative
   */
  static Schedule linear(double factor) {
    return new Schedules.Linear(factor);
  }

  /**
   * Falls by a factor when the validation loss has stopped improving: after more than {@code
   * patience} epochs in a row that are not better than the best by one part in 10,000.
   *
   * <p>The same as PyTorch's {@code ReduceLROnPlateau} with its default threshold; a loss that is
   * NaN is no better. To stop at a lowest rate, see {@link #atLeast}.
   *
   * @param factor between 0 and 1
   * @param patience at least 0
   * @return a schedule that throws {@link IllegalStateException} where no validation loss is a
   *     number
   */
  static Schedule onPlateau(double factor, int patience) {
    return new Schedules.Plateau(factor, patience);
  }

  /**
   * This schedule with a linear rise before it.
   *
   * <pre>
   * rate = min(1, (step + 1) / steps) rate of this schedule
   * </pre>
   *
   * <p>The epochs of this schedule count from the beginning, so that there is no jump where the
   * rise ends. The same as PyTorch's {@code ChainedScheduler} of {@code LinearLR} and another.
   *
   * @param steps at least 1; the rate of the first step is the whole over this
   */
  default Schedule warmUp(long steps) {
    return new Schedules.WarmUp(this, steps);
  }

  /**
   * This schedule, but never below a learning rate.
   *
   * @param lowest not negative
   */
  default Schedule atLeast(double lowest) {
    return new Schedules.AtLeast(this, lowest);
  }
}
