package unroll.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** Charts of XChart as figures, and in the style of the others. */
public final class XCharts {
  private XCharts() {}

  /**
   * A picture of a chart as it is now; later changes of the chart do not reach it.
   *
   * @param chart any chart of XChart
   */
  public static Figure figure(Chart<?, ?> chart) {
    Drawing drawing = drawing(chart);
    String title =
        chart.getTitle() == null || chart.getTitle().isBlank() ? "Chart" : chart.getTitle();
    List<String> names = chart.getSeriesCollection().stream().map(Series::getName).toList();
    String description =
        "%s. %s of %s."
            .formatted(title, kind(chart), names.isEmpty() ? "nothing" : String.join(", ", names));
    return new Snapshot(
        title,
        description,
        Rendering.svg(() -> drawing, title, description),
        Rendering.png(() -> drawing),
        lines(chart, title));
  }

  /** Gives a chart the colours, fonts and thin grid of the other figures, and returns it. */
  public static <C extends Chart<?, ?>> C styled(C chart) {
    Styler styler = chart.getStyler();
    Font plain = Fonts.plain(11.5f);
    styler.setBaseFont(plain);
    styler.setChartTitleFont(Fonts.bold(15)).setLegendFont(plain);
    styler.setChartTitleBoxVisible(false);
    styler.setChartBackgroundColor(Palette.CARD).setChartFontColor(Palette.INK);
    styler.setPlotBackgroundColor(Palette.CARD).setPlotBorderVisible(false);
    styler.setLegendBackgroundColor(Palette.CARD).setLegendBorderColor(Palette.CARD);
    styler.setSeriesColors(Palette.lines()).setLocale(Locale.ROOT).setChartPadding(14);
    if (styler instanceof AxesChartStyler axes) {
      axes.setAxisTitleFont(plain).setAxisTickLabelsFont(plain);
      axes.setAxisTickLabelsColor(Palette.MUTED).setAxisTickMarksColor(Palette.AXIS);
      axes.setPlotGridLinesColor(Palette.GRID).setPlotGridVerticalLinesVisible(false);
      axes.setPlotGridLinesStroke(new java.awt.BasicStroke(1));
      axes.setTimezone(TimeZone.getTimeZone("UTC"));
    }
    return chart;
  }

  private static Drawing drawing(Chart<?, ?> chart) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    return new Drawing() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public int height() {
        return height;
      }

      @Override
      public void paint(Graphics2D g) {
        chart.paint(g, width, height);
      }
    };
  }

  /** {@code XYChart} becomes {@code XY chart}. */
  private static String kind(Chart<?, ?> chart) {
    return chart.getClass().getSimpleName().replaceAll("(?<=.)Chart$", " chart");
  }

  /** The series of a chart over numbers as a chart that can be drawn in characters, else empty. */
  private static List<LineChart> lines(Chart<?, ?> chart, String title) {
    if (!(chart instanceof XYChart xy) || xy.getSeriesCollection().isEmpty()) {
      return List.of();
    }
    LineChart lines = LineChart.of(title, text(xy.getXAxisTitle()), text(xy.getYAxisTitle()));
    for (XYSeries series : xy.getSeriesCollection()) {
      lines = lines.line(series.getName(), series.getXData(), series.getYData());
    }
    return List.of(lines);
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}
