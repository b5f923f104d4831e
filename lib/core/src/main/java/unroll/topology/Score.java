package unroll.topology;

import java.util.Locale;

/**
 * How good a model is on the test part, beside what is there without it.
 *
 * @param metric what is measured, such as "accuracy"
 * @param value the model's
 * @param baselineName what it is compared with, such as "bag of words"
 * @param baseline the baseline's
 */
public record Score(String metric, double value, String baselineName, double baseline) {

  /** {@code test accuracy: 0.913 (baseline 0.780)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "test %s: %.3f (baseline %.3f)", metric, value, baseline);
  }
}
