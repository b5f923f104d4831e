package unroll.loss;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a classifier took for what: how often each class was predicted where each class was right,
 * and the scores that follow from it.
 *
 * <pre>
 * precision = right predictions of a class / its predictions
 * recall    = right predictions of a class / its occurrences
 * f1        = 2 precision recall / (precision + recall)
 * </pre>
 *
 * <p>From 0 to 1. What has no denominator counts as 0, as in scikit-learn.
 */
public final class Confusion {

  private final long[][] counts;

  private Confusion(long[][] counts) {
    this.counts = counts;
  }

  /**
   * Scores of one class, or a mean over several.
   *
   * @param precision how many of the predictions are right
   * @param recall how many of the occurrences are found
   * @param f1 the harmonic mean of both
   */
  public record Scores(double precision, double recall, double f1) {

    private static Scores of(long right, long predicted, long occurring) {
      return new Scores(
          ratio(right, predicted),
          ratio(right, occurring),
          ratio(2 * right, predicted + occurring));
    }
  }

  /**
   * Counts predictions.
   *
   * @param classes how many there are
   * @param predicted from 0 to classes - 1
   * @param targets as many
   */
  public static Confusion of(int classes, int[] predicted, int[] targets) {
    return of(classes, predicted, targets, null);
  }

  /**
   * Counts predictions where a mask is true.
   *
   * @param mask as many as targets; null for no mask. What stands in the others may be no class
   * @throws IllegalArgumentException if the lengths differ, or a number is no class
   */
  public static Confusion of(int classes, int[] predicted, int[] targets, boolean[] mask) {
    Metrics.requireSameLength("Confusion", predicted.length, targets.length, mask);
    long[][] counts = new long[classes][classes];
    for (int i = 0; i < targets.length; i++) {
      if (mask == null || mask[i]) {
        counts[requireClass(targets[i], classes)][requireClass(predicted[i], classes)]++;
      }
    }
    return new Confusion(counts);
  }

  private static int requireClass(int c, int classes) {
    if (c < 0 || c >= classes) {
      throw new IllegalArgumentException(
          "Confusion: classes must be from 0 to %d, got %d".formatted(classes - 1, c));
    }
    return c;
  }

  /**
   * The counts of both together.
   *
   * @throws IllegalArgumentException if the numbers of classes differ
   */
  public Confusion plus(Confusion other) {
    if (other.classes() != classes()) {
      throw new IllegalArgumentException(
          "Confusion.plus: needs as many classes, got %d and %d"
              .formatted(classes(), other.classes()));
    }
    long[][] sum = new long[classes()][classes()];
    for (int target = 0; target < classes(); target++) {
      for (int predicted = 0; predicted < classes(); predicted++) {
        sum[target][predicted] = count(target, predicted) + other.count(target, predicted);
      }
    }
    return new Confusion(sum);
  }

  /** How many classes there are. */
  public int classes() {
    return counts.length;
  }

  /** How often a class was predicted where another, or the same, was right. */
  public long count(int target, int predicted) {
    return counts[target][predicted];
  }

  /** How many predictions there are. */
  public long total() {
    return IntStream.range(0, classes()).mapToLong(this::occurring).sum();
  }

  private long occurring(int c) {
    return Arrays.stream(counts[c]).sum();
  }

  private long predicted(int c) {
    return Arrays.stream(counts).mapToLong(row -> row[c]).sum();
  }

  /** The part of the predictions that is right; 0 of none. */
  public double accuracy() {
    return ratio(IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum(), total());
  }

  /** The scores of one class: of class 1 of two, what is called binary. */
  public Scores scores(int c) {
    return micro(c);
  }

  /** The means of the scores of all classes, each with one voice, however rare. */
  public Scores macro() {
    Scores[] all = IntStream.range(0, classes()).mapToObj(this::scores).toArray(Scores[]::new);
    return new Scores(
        Arrays.stream(all).mapToDouble(Scores::precision).average().orElse(0),
        Arrays.stream(all).mapToDouble(Scores::recall).average().orElse(0),
        Arrays.stream(all).mapToDouble(Scores::f1).average().orElse(0));
  }

  /**
   * The scores of some classes counted together, each prediction with one voice. Of all classes all
   * three are the accuracy.
   *
   * @param some classes; none means all
   */
  public Scores micro(int... some) {
    int[] chosen = some.length == 0 ? IntStream.range(0, classes()).toArray() : some;
    return Scores.of(
        Arrays.stream(chosen).mapToLong(c -> counts[c][c]).sum(),
        Arrays.stream(chosen).mapToLong(this::predicted).sum(),
        Arrays.stream(chosen).mapToLong(this::occurring).sum());
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** A table: a row for each right class, a column for each prediction. */
  @Override
  public String toString() {
    int width = 1 + Long.toString(Math.max(total(), classes())).length();
    StringBuilder text = new StringBuilder("target \\ predicted\n").append(" ".repeat(width));
    for (int c = 0; c < classes(); c++) {
      text.append(String.format(Locale.ROOT, "%" + width + "d", c));
    }
    for (int target = 0; target < classes(); target++) {
      text.append(String.format(Locale.ROOT, "%n%" + width + "d", target));
      for (long count : counts[target]) {
        text.append(String.format(Locale.ROOT, "%" + width + "d", count));
      }
    }
    return text.toString();
  }
}
