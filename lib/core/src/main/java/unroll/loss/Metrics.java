package unroll.loss;

/** How good predictions are, in units that people understand. */
public final class Metrics {

  private Metrics() {}

  /** √(mean of (prediction - target)²), in units of the target. */
  public static double rootMeanSquaredError(double[] prediction, double[] target) {
    requireSameLength("rootMeanSquaredError", prediction, target);
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += (prediction[i] - target[i]) * (prediction[i] - target[i]);
    }
    return Math.sqrt(sum / target.length);
  }

  /** The mean of |prediction - target|, in units of the target. */
  public static double meanAbsoluteError(double[] prediction, double[] target) {
    requireSameLength("meanAbsoluteError", prediction, target);
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += Math.abs(prediction[i] - target[i]);
    }
    return sum / target.length;
  }

  /** The mean of |prediction - target| / |target|, in per cent. */
  public static double meanAbsolutePercentageError(double[] prediction, double[] target) {
    requireSameLength("meanAbsolutePercentageError", prediction, target);
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += Math.abs((prediction[i] - target[i]) / target[i]);
    }
    return 100 * sum / target.length;
  }

  private static void requireSameLength(String metric, double[] prediction, double[] target) {
    if (prediction.length != target.length || target.length == 0) {
      throw new IllegalArgumentException(
          "%s: needs as many predictions as targets, at least one; got %d and %d"
              .formatted(metric, prediction.length, target.length));
    }
  }
}
