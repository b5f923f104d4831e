package unroll.data;

/** What a network sees of a price, and the way back to the price. */
enum Transform {
  /** The price itself. */
  LEVELS("levels"),
  /** The natural logarithm of the price. */
  LOG_LEVELS("log levels"),
  /** ln(price / price before). */
  LOG_RETURNS("log returns");

  private final String words;

  Transform(String words) {
    this.words = words;
  }

  /** How many prices go before the first value. */
  int lag() {
    return this == LOG_RETURNS ? 1 : 0;
  }

  boolean needsPositive() {
    return this != LEVELS;
  }

  /** The value at each price; where there is no price before, NaN. */
  double[] of(double[] prices) {
    double[] values = new double[prices.length];
    for (int i = 0; i < prices.length; i++) {
      values[i] =
          switch (this) {
            case LEVELS -> prices[i];
            case LOG_LEVELS -> StrictMath.log(prices[i]);
            case LOG_RETURNS -> i == 0 ? Double.NaN : StrictMath.log(prices[i] / prices[i - 1]);
          };
    }
    return values;
  }

  /** The price that a value stands for, given the price before it. */
  double price(double value, double before) {
    return switch (this) {
      case LEVELS -> value;
      case LOG_LEVELS -> StrictMath.exp(value);
      case LOG_RETURNS -> before * StrictMath.exp(value);
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
