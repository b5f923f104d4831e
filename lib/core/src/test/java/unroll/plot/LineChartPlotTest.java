package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;

/** XChart's axes get the ticks that are wanted, at the pixels where they belong. */
class LineChartPlotTest {
  private static LineChart chart(String title) {
    return LineChart.of(title, "x", "y");
  }

  private static LineChart monthly(int count) {
    List<LocalDate> months =
        IntStream.range(0, count).mapToObj(i -> LocalDate.of(1999, 11, 1).plusMonths(i)).toList();
    return chart(count + " months")
        .line("a", months, IntStream.range(0, count).mapToDouble(i -> 900 + i * i).toArray());
  }

  static Stream<LineChart> charts() {
    return Stream.of(
        chart("evenly spaced").line("a", new double[] {0, 1, 2, 3}),
        chart("one point").line("a", new double[] {0.5}),
        chart("constant").line("a", new double[] {3, 3, 3}),
        chart("thousands").line("a", new double[] {0, 4e4, 1e5}, new double[] {1200, 900, 4700}),
        chart("tiny").line("a", new double[] {1e-12, 3e-12, 2e-12}),
        chart("huge").line("a", new double[] {-1e300, 2e299, 1e300}),
        chart("nearly constant").line("a", new double[] {1, 1 + 1e-9, 1 + 3e-9}),
        chart("a hundred").line("a", IntStream.range(0, 101).asDoubleStream().toArray()),
        chart("powers").line("a", new double[] {1, 1e-30, 1e-12}).logarithmic(),
        monthly(2),
        monthly(14),
        monthly(100),
        monthly(1500));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void ticks_areThoseWanted(LineChart chart) {
    String svg = chart.svg();
    Frame frame = chart.frame().widened();
    assertThat(tickMarks(svg)).as(chart.title()).hasSize(chart.xTicks(frame, 11).ticks().size());
    assertThat(svg.split(fill(Palette.GRID), -1))
        .as(chart.title())
        .hasSize(frame.yTicks(7).ticks().size() + 1);
  }

  @Test
  void yearTicks_areWhereYearsBegin() {
    LineChart chart = monthly(100);
    double[] at = tickMarks(chart.svg());
    XYChart plot = LineChartPlot.of(chart, 748, 348, 14);
    paint(plot);
    Frame frame = chart.frame().widened();
    Ticks ticks = chart.xTicks(frame, 11);
    assertThat(ticks.ticks().get(0).label()).isEqualTo("2000");
    double day = (at[at.length - 1] - at[0]) / (LocalDate.of(2008, 1, 1).toEpochDay() - 10_957);
    for (int i = 0; i < at.length; i++) {
      double days = LocalDate.of(2000 + i, 1, 1).toEpochDay() - 10_957;
      assertThat(at[i] - at[0]).isCloseTo(days * day, within(0.2));
    }
  }

  @Test
  void logarithmicAxis_keepsRatios() {
    LineChart chart = chart("t").line("a", new double[] {2, 4, 8, 16}).logarithmic();
    XYChart plot = LineChartPlot.of(chart, 748, 348, 14);
    paint(plot);
    double[] y =
        DoubleStream.of(2, 4, 8, 16).map(value -> plot.getScreenYFromChart(value)).toArray();
    assertThat(y[1] - y[0]).isNegative().isCloseTo(y[2] - y[1], within(1e-6));
    assertThat(y[3] - y[2]).isCloseTo(y[2] - y[1], within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "epoch"})
  void narrowLogarithmicAxis_hasTicksBothWays(String xTitle) {
    LineChart chart =
        LineChart.of("t", xTitle, "").line("a", new double[] {0.62, 0.7, 0.81}).logarithmic();
    HeightScale up = HeightScale.of(chart.frame().widened());
    assertThat(up.label(0.7000000000000001)).isEqualTo("0.7");
    assertThat(tickMarks(chart.svg())).hasSize(3);
    assertThat(chart.svg().split(fill(Palette.GRID), -1).length - 1).isBetween(2, 4);
  }

  private static String fill(Color colour) {
    return "fill:#%06x".formatted(colour.getRGB() & 0xFFFFFF);
  }

  /** The horizontal positions of the tick marks below the plot. */
  private static double[] tickMarks(String svg) {
    String stroke = "stroke:#%06x".formatted(Palette.AXIS.getRGB() & 0xFFFFFF);
    Matcher lines =
        Pattern.compile("<line style=\"[^\"]*" + stroke + "[^\"]*\" x1=\"([^\"]*)\" x2=\"\\1\"")
            .matcher(svg);
    return lines.results().mapToDouble(line -> Double.parseDouble(line.group(1))).toArray();
  }

  private static void paint(XYChart plot) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics();
    plot.paint(g, plot.getWidth(), plot.getHeight());
    g.dispose();
  }

  @Test
  void scale_isLinearBetweenAndBeyondTicks() {
    TickScale scale =
        new TickScale(-5, 40, new double[] {0, 10, 30}, List.of("zero", "ten", "thirty"));
    assertThat(Arrays.stream(new double[] {-5, 0, 5, 10, 20, 30, 40}).map(scale::of).toArray())
        .containsExactly(-0.5, 0, 0.5, 1, 1.5, 2, 2.5);
    assertThat(scale.label(1)).isEqualTo("ten");
    assertThat(scale.label(1.5)).isEmpty();
    assertThat(scale.label(3)).isEmpty();
    assertThat(scale.label(scale.start())).isNotEqualTo(scale.label(scale.end()));
  }

  @Test
  void scaleWithoutTicks_isFinite() {
    TickScale scale = new TickScale(2, 4, new double[0], List.of());
    assertThat(scale.of(2)).isZero();
    assertThat(scale.of(4)).isEqualTo(1);
    assertThat(scale.spacing(100)).isEqualTo(80);
  }
}
