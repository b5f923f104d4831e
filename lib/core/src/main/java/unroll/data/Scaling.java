package unroll.data;

/**
 * A linear change of scale and its inverse: {@code scaled = (value - mean) / deviation}.
 *
 * @param mean what becomes 0
 * @param deviation what becomes 1; greater than 0
 */
public record Scaling(double mean, double deviation) {
  /** Leaves values as they are. */
  public static final Scaling NONE = new Scaling(0, 1);

  /** Checks that both are finite and the deviation is positive. */
  public Scaling {
    if (!Double.isFinite(mean) || !(deviation > 0) || Double.isInfinite(deviation)) {
      throw new IllegalArgumentException(
          "Scaling: needs a finite mean and a deviation over 0, got " + mean + " and " + deviation);
    }
  }

  /**
   * The mean and standard deviation (of a population, divided by n) of the first values; values
   * that are all the same keep the deviation 1.
   *
   * @param values the series
   * @param from the first index that counts
   * @param to one past the last
   */
  static Scaling of(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    double mean = sum / (to - from);
    double squares = 0;
    boolean constant = true;
    for (int i = from; i < to; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
      constant &= values[i] == values[from];
    }
    double deviation = Math.sqrt(squares / (to - from));
    return constant || deviation == 0 ? new Scaling(mean, 1) : new Scaling(mean, deviation);
  }

  /** A value in scaled units. */
  public double apply(double value) {
    return (value - mean) / deviation;
  }

  /** A scaled value in its own units. */
  public double invert(double scaled) {
    return scaled * deviation + mean;
  }
}
