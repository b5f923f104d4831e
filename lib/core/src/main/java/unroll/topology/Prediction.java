package unroll.topology;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a classifier says of one sequence.
 *
 * @param label the most probable one
 * @param probability how sure it is, from 0 to 1
 * @param labels all of them
 * @param probabilities of all of them, in their order; they sum to one
 */
public record Prediction(
    String label, double probability, List<String> labels, double[] probabilities) {

  /** From the probabilities of all labels; of equals the first. */
  static Prediction of(List<String> labels, double[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return new Prediction(labels.get(best), probabilities[best], labels, probabilities);
  }

  /** The probabilities; a copy. */
  @Override
  public double[] probabilities() {
    return probabilities.clone();
  }

  /** How probable a label is. */
  public double probability(String wanted) {
    int at = labels.indexOf(wanted);
    if (at < 0) {
      throw new IllegalArgumentException(
          "Prediction: no label '%s'; there are %s".formatted(wanted, labels));
    }
    return probabilities[at];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction that
        && labels.equals(that.labels)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.hashCode(probabilities);
  }

  /** The label and how sure: {@code positive 0.93}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.2f", label, probability);
  }
}
