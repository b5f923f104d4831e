package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.knowm.xchart.PieChart;
import org.knowm.xchart.PieChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

class XChartsTest extends FigureContract {
  private static XYChart chart() {
    XYChart chart =
        new XYChartBuilder().width(500).height(300).title("Mine").xAxisTitle("epoch").build();
    chart.addSeries("loss", new double[] {3, 2, 1});
    return chart;
  }

  @Override
  Figure figure() {
    return XCharts.figure(XCharts.styled(chart()));
  }

  @Test
  void description_namesKindAndSeries() {
    assertThat(figure().description()).isEqualTo("Mine. XY chart of loss.");
  }

  @Test
  void figure_isSnapshot() {
    XYChart chart = chart();
    Figure figure = XCharts.figure(chart);
    String before = figure.svg();
    chart.addSeries("more", new double[] {9, 9, 9});
    assertThat(figure.svg()).isEqualTo(before);
    assertThat(figure.text(60)).doesNotContain("more");
  }

  @Test
  void clips_haveNamesOfTheirOwn() {
    String first = XCharts.figure(chart()).svg();
    XYChart other = chart();
    other.setTitle("Other");
    String second = XCharts.figure(other).svg();
    assertThat(clip(first)).isNotEqualTo(clip(second));
    assertThat(first).contains("url(#" + clip(first) + ")");
  }

  private static String clip(String svg) {
    String from = svg.substring(svg.indexOf("<clipPath id=\"") + 14);
    return from.substring(0, from.indexOf('"'));
  }

  @Test
  void pieWithoutTitle_isFigure() {
    PieChart pie = new PieChartBuilder().width(300).height(200).build();
    pie.addSeries("a", 1);
    pie.addSeries("b", 2);
    Figure figure = XCharts.figure(pie);
    Svgs.parse(figure.svg());
    assertThat(figure.title()).isEqualTo("Chart");
    assertThat(figure.text(40)).isEqualTo("Chart. Pie chart of a, b.\n");
  }

  @Test
  void styled_takesPalette() {
    assertThat(Svgs.strokes(figure().svg(), Palette.line(0))).isPositive();
  }
}
