package unroll.data;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Windows of a series, time-major, with the dates and prices of their targets. Made by {@link
 * Windows}. Everything that is handed out is a copy.
 *
 * <p>A forecast of the last step of each window is one step ahead with the whole window behind it;
 * {@link #lastStep} takes it out of predictions for all steps, {@link #toPrices} turns predictions
 * into prices:
 *
 * <pre>{@code
 * double[] forecast = test.lastStep(test.toPrices(predictions));
 * LineChart.of("Test", "", "level").line("actual", test.dates(), test.actual())
 *     .line("model", test.dates(), forecast).reference("last value", test.dates(), test.naive());
 * }</pre>
 */
public final class SeriesWindows implements SequenceData {
  private final String name;
  private final int steps;
  private final int features;
  private final double[] inputs;
  private final double[] targets;
  private final double[] prices;
  private final double[] before;
  private final LocalDate[] dates;
  private final Scaling[] scalings;
  private final Transform transform;

  /** Takes the arrays over; each but the inputs is [steps, count]. */
  SeriesWindows(
      String name,
      int steps,
      int features,
      double[] inputs,
      double[] targets,
      double[] prices,
      double[] before,
      LocalDate[] dates,
      Scaling[] scalings,
      Transform transform) {
    this.name = name;
    this.steps = steps;
    this.features = features;
    this.inputs = inputs;
    this.targets = targets;
    this.prices = prices;
    this.before = before;
    this.dates = dates;
    this.scalings = scalings;
    this.transform = transform;
  }

  /** Which part it is: "train", "validation" or "test". */
  public String name() {
    return name;
  }

  @Override
  public int count() {
    return targets.length / steps;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public int inputSize() {
    return features;
  }

  /** 1: the first column is the one to forecast. */
  @Override
  public int outputSize() {
    return 1;
  }

  @Override
  public double[] inputs() {
    return inputs.clone();
  }

  @Override
  public double[] targets() {
    return targets.clone();
  }

  /** The date of each window's last target, ascending. */
  public List<LocalDate> dates() {
    return List.of(Arrays.copyOfRange(dates, dates.length - count(), dates.length));
  }

  /** The price at each window's last target, as it came. */
  public double[] actual() {
    return lastStep(prices);
  }

  /** The last known price before each window's last target: the naive forecast of it. */
  public double[] naive() {
    return lastStep(before);
  }

  /** The date of a target; {@code step} and {@code window} count from 0. */
  public LocalDate targetDate(int step, int window) {
    return dates[index(step, window)];
  }

  /** The dates of the targets of one window, from its first step to its last. */
  public List<LocalDate> targetDates(int window) {
    LocalDate[] row = new LocalDate[steps];
    for (int step = 0; step < steps; step++) {
      row[step] = targetDate(step, window);
    }
    return List.of(row);
  }

  /** The price at a target, as it came. */
  public double price(int step, int window) {
    return prices[index(step, window)];
  }

  /** The last known price before a target. */
  public double lastPrice(int step, int window) {
    return before[index(step, window)];
  }

  /** The scaling of an input feature; feature 0 is also that of the targets. */
  public Scaling scaling(int feature) {
    return scalings[feature];
  }

  /**
   * The prices that predictions stand for, each one step ahead from the known price before it.
   *
   * @param predictions [steps, count, 1], in the scale of the targets
   * @return prices, [steps, count, 1]
   */
  public double[] toPrices(double[] predictions) {
    checkSize("toPrices", predictions);
    double[] out = new double[predictions.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = transform.price(scalings[0].invert(predictions[i]), before[i]);
    }
    return out;
  }

  /**
   * The part of the last step.
   *
   * @param all [steps, count, 1]
   * @return [count]
   */
  public double[] lastStep(double[] all) {
    checkSize("lastStep", all);
    return Arrays.copyOfRange(all, all.length - count(), all.length);
  }

  private int index(int step, int window) {
    if (step < 0 || step >= steps || window < 0 || window >= count()) {
      throw new IndexOutOfBoundsException(
          "SeriesWindows: step %d of window %d; there are %d steps and %d windows, from 0"
              .formatted(step, window, steps, count()));
    }
    return step * count() + window;
  }

  private void checkSize(String operation, double[] values) {
    if (values.length != targets.length) {
      throw new IllegalArgumentException(
          "SeriesWindows.%s: expected %d values [%d, %d, 1], got %d"
              .formatted(operation, targets.length, steps, count(), values.length));
    }
  }

  @Override
  public String toString() {
    return (name + ": " + count() + " windows of " + steps + " " + transform)
        + (", " + features + (features == 1 ? " feature" : " features"))
        + (", last targets " + dates[dates.length - count()] + " to " + dates[dates.length - 1]);
  }
}
