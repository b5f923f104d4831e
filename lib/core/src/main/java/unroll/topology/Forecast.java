package unroll.topology;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unroll.loss.Metrics;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.LineChart;

/**
 * Forecasts one step ahead, beside what came and beside the naive forecast that nothing changes.
 *
 * @param dates of what was forecast
 * @param actual what came, in units of the series
 * @param model the model's forecasts
 * @param naive the value before, as a forecast
 */
public record Forecast(List<LocalDate> dates, double[] actual, double[] model, double[] naive)
    implements Drawable {

  /** The root mean squared error of the model, in units of the series. */
  public double error() {
    return Metrics.rootMeanSquaredError(model, actual);
  }

  /** The root mean squared error of the naive forecast, in units of the series. */
  public double naiveError() {
    return Metrics.rootMeanSquaredError(naive, actual);
  }

  /** Root mean squared, mean absolute and mean absolute percentage error of both. */
  public Table errors() {
    Table table =
        Table.create(
            "forecast errors",
            StringColumn.create("forecast", "model", "last value"),
            DoubleColumn.create("RMSE", error(), naiveError()),
            DoubleColumn.create(
                "MAE",
                Metrics.meanAbsoluteError(model, actual),
                Metrics.meanAbsoluteError(naive, actual)),
            DoubleColumn.create(
                "MAPE %",
                Metrics.meanAbsolutePercentageError(model, actual),
                Metrics.meanAbsolutePercentageError(naive, actual)));
    for (int c = 1; c < table.columnCount(); c++) {
      ((DoubleColumn) table.column(c)).setPrintFormatter(new java.text.DecimalFormat("0.000"), "");
    }
    return table;
  }

  /** Which of the two is better and by how much, in a line. */
  public String verdict() {
    double gain = 100 * (1 - error() / naiveError());
    return String.format(
        Locale.ROOT,
        "test RMSE: %.2f (baseline %.2f): %s by %.1f %%",
        error(),
        naiveError(),
        gain > 0 ? "the model wins" : "the last value wins",
        Math.abs(gain));
  }

  /** What came, the model and the naive forecast along the dates. */
  public LineChart chart() {
    return LineChart.of("Forecast one step ahead", "", "level")
        .line("actual", dates, actual)
        .line("model", dates, model)
        .reference("last value", dates, naive);
  }

  @Override
  public Figure drawing() {
    return chart();
  }

  @Override
  public String toString() {
    return verdict();
  }
}
