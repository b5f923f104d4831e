package unroll.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import tech.tablesaw.api.Table;

/**
 * How to cut a table of prices along dates into windows for forecasting, sequence to sequence. A
 * specification that does not change; each method gives a new one:
 *
 * <pre>{@code
 * var data = Windows.of(prices, "date", "close").logReturns().length(24)
 *                   .split("2008-01", "2010-01");
 * }</pre>
 *
 * <p>With the series x (prices, their logarithms, or log returns ln(p_t / p_{t-1})), a window of
 * length L that ends at t has the inputs x_{t-L+1} … x_t and the targets x_{t-L+2} … x_{t+1}: at
 * each step, the next value. There is a window for every t. The date of its last target decides to
 * which part it belongs, so each date is the last target of exactly one window. Inputs of
 * validation and test reach back over the border, as the past is known; no target of a training
 * window lies beyond it.
 *
 * <p>Values are {@linkplain #standardised() standardised} unless {@link #unscaled()} is asked for.
 */
public final class Windows {
  private final Series series;
  private final Transform transform;
  private final int length;
  private final boolean standardised;

  private Windows(Series series, Transform transform, int length, boolean standardised) {
    this.series = series;
    this.transform = transform;
    this.length = length;
    this.standardised = standardised;
  }

  /**
   * Windows of length 12 over the levels in a table. The table is copied. Its dates have to ascend
   * without a gap: daily (with at most a week between, for holidays), weekly, monthly, quarterly or
   * yearly, told by the median distance.
   *
   * @param table a table with one row for each date
   * @param dateColumn the name of the column of dates
   * @param valueColumns the names of columns of numbers; the first is the one to forecast
   * @throws IllegalArgumentException where a column is missing, a date is missing, doubled, out of
   *     order or skipped, or a value is missing or not a number; names the row
   */
  public static Windows of(Table table, String dateColumn, String... valueColumns) {
    Series series = new SeriesReader(table).read(dateColumn, valueColumns);
    return new Windows(series, Transform.LEVELS, 12, true);
  }

  /** The values as they are. */
  public Windows levels() {
    return new Windows(series, Transform.LEVELS, length, standardised);
  }

  /**
   * The natural logarithms of the values.
   *
   * @throws IllegalArgumentException where a value is zero or less
   */
  public Windows logLevels() {
    return positive(Transform.LOG_LEVELS, "logLevels");
  }

  /**
   * The changes of the natural logarithms, ln(p_t / p_{t-1}); the first date has none.
   *
   * @throws IllegalArgumentException where a value is zero or less
   */
  public Windows logReturns() {
    return positive(Transform.LOG_RETURNS, "logReturns");
  }

  /** Windows of another length, in steps; at least 1. */
  public Windows length(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("Windows.length: needs at least 1 step, got " + steps);
    }
    return new Windows(series, transform, steps, standardised);
  }

  /**
   * Each column less its mean, over its standard deviation, both of the dates before validation, so
   * that nothing of the later parts leaks into training. A column that is constant there is only
   * centred. This is the default.
   */
  public Windows standardised() {
    return new Windows(series, transform, length, true);
  }

  /** The transformed values without a change of scale. */
  public Windows unscaled() {
    return new Windows(series, transform, length, false);
  }

  /**
   * Cuts the windows and sorts them into three parts by the date of their last target.
   *
   * @param validationFrom the first date of validation: "2008-01-01", "2008-01" or "2008"
   * @param testFrom the first date of the test
   * @throws IllegalArgumentException where a date cannot be read, the dates are out of order or
   *     outside the series, or a part would hold no window
   */
  public Split<SeriesWindows> split(String validationFrom, String testFrom) {
    return split(date(validationFrom), date(testFrom));
  }

  /** Like {@link #split(String, String)}, with dates. */
  public Split<SeriesWindows> split(LocalDate validationFrom, LocalDate testFrom) {
    LocalDate first = series.date(0);
    LocalDate last = series.date(series.rows() - 1);
    if (!validationFrom.isBefore(testFrom)) {
      throw splitError(
          "validation must begin before the test, got " + validationFrom + " and " + testFrom);
    }
    if (!validationFrom.isAfter(first) || testFrom.isAfter(last)) {
      throw splitError(
          "%s has dates from %s to %s; validation from %s and test from %s must lie inside"
              .formatted(series.table(), first, last, validationFrom, testFrom));
    }
    int earliest = length + transform.lag();
    if (series.rows() <= earliest) {
      throw splitError(
          "windows of %d %s need at least %d rows, %s has %d; shorten the length"
              .formatted(length, transform, earliest + 1, series.table(), series.rows()));
    }
    int validation = series.firstFrom(validationFrom);
    int test = series.firstFrom(testFrom);
    check("training", earliest, validation);
    check("validation", validation, test);
    WindowCutter cutter = new WindowCutter(series, transform, length);
    Scaling[] scalings = cutter.scalings(standardised ? validation : 0);
    return new Split<>(
        cutter.cut("train", earliest, validation, scalings),
        cutter.cut("validation", Math.max(validation, earliest), test, scalings),
        cutter.cut("test", test, series.rows(), scalings));
  }

  /** Checks that a part has at least one row that can be a last target. */
  private void check(String part, int from, int to) {
    if (from >= to) {
      throw splitError(
          "no window is left for %s: with %d steps of %s, the first one ends at %s; "
                  .formatted(part, length, transform, series.date(length + transform.lag()))
              + "move the dates or shorten the length");
    }
  }

  private static IllegalArgumentException splitError(String what) {
    return new IllegalArgumentException("Windows.split: " + what);
  }

  private Windows positive(Transform wanted, String operation) {
    for (int column = 0; column < series.width(); column++) {
      double[] values = series.column(column);
      for (int row = 0; row < values.length; row++) {
        if (values[row] <= 0) {
          throw new IllegalArgumentException(
              "Windows.%s: %s, column \"%s\": a logarithm needs values over 0, got %s at %s; use levels()"
                  .formatted(
                      operation,
                      SeriesReader.place(series.table(), row),
                      series.name(column),
                      values[row],
                      series.date(row)));
        }
      }
    }
    return new Windows(series, wanted, length, standardised);
  }

  private static LocalDate date(String text) {
    try {
      return switch (text.length()) {
        case 4 -> Year.parse(text).atDay(1);
        case 7 -> YearMonth.parse(text).atDay(1);
        default -> LocalDate.parse(text);
      };
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "Windows.split: expected a date like 2008-01-01, 2008-01 or 2008, got \"" + text + "\"",
          e);
    }
  }
}
