package unroll.data;

import java.time.LocalDate;

/** Cuts the windows of one series. */
final class WindowCutter {
  private final Series series;
  private final Transform transform;
  private final int length;
  private final double[][] values;

  WindowCutter(Series series, Transform transform, int length) {
    this.series = series;
    this.transform = transform;
    this.length = length;
    this.values = new double[series.width()][];
    for (int column = 0; column < values.length; column++) {
      values[column] = transform.of(series.column(column));
    }
  }

  /** The scaling of each column by its rows before {@code end}; none where that is 0. */
  Scaling[] scalings(int end) {
    Scaling[] scalings = new Scaling[values.length];
    for (int column = 0; column < scalings.length; column++) {
      scalings[column] = end == 0 ? Scaling.NONE : Scaling.of(values[column], transform.lag(), end);
    }
    return scalings;
  }

  /** The windows whose last targets are the rows from {@code from} to before {@code to}. */
  SeriesWindows cut(String name, int from, int to, Scaling[] scalings) {
    int count = to - from;
    int features = values.length;
    double[] inputs = new double[length * count * features];
    double[] targets = new double[length * count];
    double[] prices = new double[length * count];
    double[] before = new double[length * count];
    LocalDate[] dates = new LocalDate[length * count];
    for (int step = 0; step < length; step++) {
      for (int window = 0; window < count; window++) {
        int target = from + window - length + 1 + step;
        int at = step * count + window;
        for (int feature = 0; feature < features; feature++) {
          inputs[at * features + feature] = scalings[feature].apply(values[feature][target - 1]);
        }
        targets[at] = scalings[0].apply(values[0][target]);
        prices[at] = series.column(0)[target];
        before[at] = series.column(0)[target - 1];
        dates[at] = series.date(target);
      }
    }
    return new SeriesWindows(
        name, length, features, inputs, targets, prices, before, dates, scalings, transform);
  }
}
