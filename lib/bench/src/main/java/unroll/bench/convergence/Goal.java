package unroll.bench.convergence;

import java.util.Locale;

/**
 * What a score should be.
 *
 * @param sense on which side of the bound it should lie
 */
record Goal(Sense sense, double bound) {

  /** On which side of a bound. */
  enum Sense {
    BELOW,
    AT_LEAST,
    FAILS,
    NONE
  }

  /** A loss under a bound. */
  static Goal below(double bound) {
    return new Goal(Sense.BELOW, bound);
  }

  /** A share of at least a bound. */
  static Goal atLeast(double bound) {
    return new Goal(Sense.AT_LEAST, bound);
  }

  /** A loss over a bound: a network that should not be able to learn this. */
  static Goal fails(double bound) {
    return new Goal(Sense.FAILS, bound);
  }

  /** None: measured for comparison. */
  static Goal none() {
    return new Goal(Sense.NONE, Double.NaN);
  }

  /** Whether a score is as it should be. */
  boolean met(double value) {
    return switch (sense) {
      case BELOW -> value < bound;
      case AT_LEAST -> value >= bound;
      case FAILS -> value > bound;
      case NONE -> true;
    };
  }

  @Override
  public String toString() {
    return switch (sense) {
      case BELOW -> "below " + number();
      case AT_LEAST -> "at least " + number();
      case FAILS -> "fails, as expected: above " + number();
      case NONE -> "none";
    };
  }

  private String number() {
    return String.format(Locale.ROOT, "%.4g", bound)
        .replaceFirst("0+$", "")
        .replaceFirst("\\.$", "");
  }
}
