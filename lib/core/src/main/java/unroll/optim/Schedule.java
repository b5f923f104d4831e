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
}
