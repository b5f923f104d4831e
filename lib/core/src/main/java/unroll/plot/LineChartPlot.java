package unroll.plot;

import java.awt.BasicStroke;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plot of a {@link LineChart} as a chart of XChart, without title and legend. */
final class LineChartPlot {
  private final LineChart chart;
  private final Frame frame;
  private final TickScale across;
  private final HeightScale up;
  private final XYChart plot;

  private LineChartPlot(LineChart chart, int width, int height) {
    this.chart = chart;
    this.frame = chart.frame().widened();
    this.across =
        TickScale.of(frame.left(), frame.right(), chart.xTicks(frame, 11), position -> position);
    this.up = HeightScale.of(frame);
    this.plot = XCharts.styled(new XYChart(width, height));
  }

  /**
   * A plot that shows a line chart.
   *
   * @param width in pixels, with the padding
   * @param height likewise
   * @param padding on all four sides
   */
  static XYChart of(LineChart chart, int width, int height, int padding) {
    LineChartPlot made = new LineChartPlot(chart, width, height);
    made.style(padding);
    for (int pass = 0; pass < 2; pass++) { // baselines first, under the rest
      for (int i = 0; i < chart.lines().size(); i++) {
        if (chart.lines().get(i).reference() == (pass == 0)) {
          made.add(i);
        }
      }
    }
    LineChartMarkers.add(made.plot, chart, made.across, made.up);
    return made.plot;
  }

  private void style(int padding) {
    plot.setXAxisTitle(chart.xTitle());
    XYStyler style = plot.getStyler();
    style.setChartTitleVisible(false).setLegendVisible(false);
    style.setChartPadding(padding).setChartFontColor(Palette.MUTED);
    style.setPlotMargin(2); // with less, the plot covers the line of its axis
    style.setPlotTicksMarksVisible(false).setPlotContentSize(1);
    style.setAxisTickMarkLength(5).setYAxisLabelAlignment(TextAlignment.Right);
    style.setYAxisTickMarksColor(Palette.CARD); // only the grid on this side
    style.setXAxisMin(across.start()).setXAxisMax(across.end());
    style.setXAxisTickLabelsFormattingFunction(across::label);
    style.setXAxisTickMarkSpacingHint(across.spacing(plot.getWidth() - 4.0 * padding));
    up.onto(style, plot.getHeight() - 4.0 * padding);
  }

  private void add(int index) {
    Line line = chart.lines().get(index);
    int[] points = line.outline(frame, plot.getWidth());
    XYSeries series = plot.addSeries("line " + index, x(line, points), y(line, points));
    series.setMarker(SeriesMarkers.NONE).setLineColor(chart.colour(index));
    series.setLineStyle(stroke(line));
    int[] alone = IntStream.range(0, line.size()).filter(line::alone).toArray();
    if (alone.length > 0) {
      XYSeries dots = plot.addSeries("dots " + index, x(line, alone), y(line, alone));
      dots.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(chart.colour(index));
      dots.setLineStyle(SeriesLines.NONE);
    }
  }

  private double[] x(Line line, int[] points) {
    return IntStream.of(points).mapToDouble(i -> across.of(line.x(i))).toArray();
  }

  /** The heights of points; XChart leaves a gap where they are NaN. */
  private double[] y(Line line, int[] points) {
    return IntStream.of(points)
        .mapToDouble(i -> line.shown(i) ? up.of(line.y(i)) : Double.NaN)
        .toArray();
  }

  /** Baselines are thinner. XChart draws each piece of a line by itself, so dashes do not show. */
  static BasicStroke stroke(Line line) {
    return new BasicStroke(
        line.reference() ? 1.2f : 2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 4);
  }
}
