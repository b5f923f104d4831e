package unroll.loss;

/**
 * How good predictions are, in units that people understand. Where there is a mask, only what is
 * true in it counts; what stands elsewhere may be anything. Of classes there is more in {@link
 * Confusion}, of sentences in {@link Bleu}.
 */
public final class Metrics {

  private Metrics() {}

  /** √(mean of (prediction - target)²), in units of the target. */
  public static double rootMeanSquaredError(double[] prediction, double[] target) {
    return rootMeanSquaredError(prediction, target, null);
  }

  /** √(mean of (prediction - target)²) where the mask is true, in units of the target. */
  public static double rootMeanSquaredError(double[] prediction, double[] target, boolean[] mask) {
    return Math.sqrt(
        mean("rootMeanSquaredError", prediction, target, mask, (p, t) -> (p - t) * (p - t)));
  }

  /** The mean of |prediction - target|, in units of the target. */
  public static double meanAbsoluteError(double[] prediction, double[] target) {
    return meanAbsoluteError(prediction, target, null);
  }

  /** The mean of |prediction - target| where the mask is true, in units of the target. */
  public static double meanAbsoluteError(double[] prediction, double[] target, boolean[] mask) {
    return mean("meanAbsoluteError", prediction, target, mask, (p, t) -> Math.abs(p - t));
  }

  /**
   * The mean of |prediction - target| / |target|, in per cent; of no use where targets come near
   * zero.
   */
  public static double meanAbsolutePercentageError(double[] prediction, double[] target) {
    return meanAbsolutePercentageError(prediction, target, null);
  }

  /** The mean of |prediction - target| / |target| where the mask is true, in per cent. */
  public static double meanAbsolutePercentageError(
      double[] prediction, double[] target, boolean[] mask) {
    return 100
        * mean(
            "meanAbsolutePercentageError",
            prediction,
            target,
            mask,
            (p, t) -> Math.abs((p - t) / t));
  }

  /** The part of the predicted classes that is right, from 0 to 1. */
  public static double accuracy(int[] predicted, int[] targets) {
    return accuracy(predicted, targets, null);
  }

  /** The part of the predicted classes that is right where the mask is true, from 0 to 1. */
  public static double accuracy(int[] predicted, int[] targets, boolean[] mask) {
    requireSameLength("accuracy", predicted.length, targets.length, mask);
    int right = 0;
    int count = 0;
    for (int i = 0; i < targets.length; i++) {
      if (mask == null || mask[i]) {
        right += predicted[i] == targets[i] ? 1 : 0;
        count++;
      }
    }
    requireSome("accuracy", count);
    return (double) right / count;
  }

  /**
   * e^crossEntropy: among how many equally likely tokens a model is torn.
   *
   * @param crossEntropy the mean over all tokens, in nats, as {@link CrossEntropy} gives it
   */
  public static double perplexity(double crossEntropy) {
    return Math.exp(crossEntropy);
  }

  /**
   * crossEntropy / ln 2: how many bits a model needs for a character.
   *
   * @param crossEntropy the mean over all characters, in nats, as {@link CrossEntropy} gives it
   */
  public static double bitsPerCharacter(double crossEntropy) {
    return crossEntropy / Math.log(2);
  }

  @FunctionalInterface
  private interface Distance {
    double of(double prediction, double target);
  }

  private static double mean(
      String metric, double[] prediction, double[] target, boolean[] mask, Distance distance) {
    requireSameLength(metric, prediction.length, target.length, mask);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < target.length; i++) {
      if (mask == null || mask[i]) {
        sum += distance.of(prediction[i], target[i]);
        count++;
      }
    }
    requireSome(metric, count);
    return sum / count;
  }

  static void requireSameLength(String metric, int predictions, int targets, boolean[] mask) {
    if (predictions != targets || targets == 0) {
      throw new IllegalArgumentException(
          "%s: needs as many predictions as targets, at least one; got %d and %d"
              .formatted(metric, predictions, targets));
    }
    if (mask != null && mask.length != targets) {
      throw new IllegalArgumentException(
          "%s: needs a mask for each of %d targets, got %d"
              .formatted(metric, targets, mask.length));
    }
  }

  private static void requireSome(String metric, int count) {
    if (count == 0) {
      throw new IllegalArgumentException(
          metric + ": the mask leaves nothing to take a mean of; leave such examples out");
    }
  }
}
