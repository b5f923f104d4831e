package unroll.optim;

/** The schedules that {@link Schedule} makes. */
final class Schedules {

  private Schedules() {}

  /** rate = base. */
  record Constant() implements Schedule {
    @Override
    public double rate(double base, Progress at) {
      return base;
    }
  }
}
