package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineChartTest extends FigureContract {
  private static final double[] TRAIN = {1.5, 0.9, 0.6, 0.5, 0.45};
  private static final double[] VALIDATION = {1.6, 1.1, 0.8, 0.85, 0.9};

  @Override
  LineChart figure() {
    return LineChart.of("Losses of <one> & \"two\"", "epoch", "mean squared error")
        .line("train", TRAIN)
        .line("validation", VALIDATION)
        .marker(3, "best epoch 3");
  }

  @Test
  void description_tellsEndsAndLowest() {
    assertThat(figure().description())
        .contains("Line chart of mean squared error by epoch")
        .contains("train: 5 points from 1.5 at 1 to 0.45 at 5")
        .contains("validation: 5 points from 1.6 at 1 to 0.9 at 5, lowest 0.8 at 3");
  }

  @Test
  void describedAs_replacesDescription() {
    assertThat(figure().describedAs("Both fall.").svg()).contains("aria-label=\"Both fall.\"");
  }

  @Test
  void eachLine_isOnePathAndOneLegendSwatch() {
    String svg = figure().svg();
    assertThat(Svgs.strokes(svg, Palette.line(0))).isEqualTo(2);
    assertThat(Svgs.strokes(svg, Palette.line(1))).isEqualTo(2);
    assertThat(Svgs.strokes(svg, Palette.line(2))).isZero();
  }

  @Test
  void reference_isThinAndTakesNoColour() {
    String svg =
        LineChart.of("t", "", "").line("model", VALIDATION).reference("naive", TRAIN).svg();
    assertThat(Svgs.strokes(svg, Palette.REFERENCE)).isEqualTo(2);
    assertThat(Svgs.strokes(svg, Palette.line(0))).isEqualTo(2);
    assertThat(svg).contains("stroke:#7b8794;stroke-width:1.2;");
    assertThat(svg.indexOf("#7b8794")).as("under the others").isLessThan(svg.indexOf("#0072b2"));
  }

  @Test
  void gaps_breakLineAndLonePointsAreDots() {
    double nan = Double.NaN;
    double[] y = {1, 2, nan, 3, Double.POSITIVE_INFINITY, 4, 5};
    String svg = LineChart.of("t", "", "").line("a", y).svg();
    assertThat(svg.split("<ellipse", -1)).hasSize(2);
    assertThat(Svgs.strokes(svg, Palette.line(0))).as("two pieces, legend").isEqualTo(3);
  }

  @Test
  void onlyNaN_stillDrawsAxes() {
    LineChart chart = LineChart.of("t", "", "").line("a", new double[] {Double.NaN, Double.NaN});
    Svgs.parse(chart.svg());
    assertThat(Svgs.strokes(chart.svg(), Palette.line(0))).isEqualTo(1);
    assertThat(chart.text(60)).contains("⠒ a");
  }

  @Test
  void onePoint_isDotWithRoomAround() {
    LineChart chart = LineChart.of("t", "epoch", "loss").line("a", new double[] {0.5});
    assertThat(chart.svg()).contains("<ellipse");
    assertThat(chart.description()).contains("a: 0.5 at 1");
    assertThat(chart.frame().left()).isLessThan(1);
    assertThat(chart.frame().top()).isGreaterThan(0.5);
  }

  @Test
  void extremes_drawFiniteCoordinates() {
    double[][] cases = {
      {3, 3, 3},
      {0, 0},
      {-Double.MAX_VALUE, Double.MAX_VALUE},
      {Double.MIN_VALUE, 0},
      {1e300, -1e300},
      {1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1e300},
      {1, 1 + Math.ulp(1.0)}
    };
    for (double[] y : cases) {
      LineChart chart = LineChart.of("t", "", "").line("a", y);
      assertThat(chart.svg()).as(Arrays.toString(y)).doesNotContain("NaN", "Infinity");
      assertThat(chart.text(50)).as(Arrays.toString(y)).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -3e9, 8e16, 1e300})
  void onePointFarOut_isDrawn(double x) {
    LineChart chart = LineChart.of("t", "", "").line("a", new double[] {x}, new double[] {1});
    assertThat(chart.svg()).contains("<ellipse").doesNotContain("NaN", "Infinity");
  }

  @Test
  void randomCharts_drawFiniteCoordinates() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      double scale = Math.pow(10, random.nextInt(400) - 200);
      double offset = random.nextBoolean() ? 0 : scale * Math.pow(10, random.nextInt(14));
      double step = Math.pow(10, random.nextInt(20) - 8);
      int count = 1 + random.nextInt(40);
      double[] x = random.doubles(count).map(value -> value * step).toArray();
      double[] y = random.doubles(count, 0.1, 1).map(v -> offset + scale * v).toArray();
      LineChart chart = LineChart.of("t", "", "").line("a", x, y).marker(x[0], "m");
      LineChart drawn = seed % 2 == 0 ? chart : chart.logarithmic();
      assertThat(drawn.svg()).as("seed %d", seed).doesNotContain("NaN", "Infinity");
    }
  }

  @Test
  void manyPoints_keepExtremesAndStaySmall() {
    double[] y = IntStream.range(0, 200_000).mapToDouble(i -> Math.sin(i)).toArray();
    y[123_456] = 50;
    y[77] = Double.NaN;
    LineChart chart = LineChart.of("t", "step", "norm").line("a", y);
    int[] points = chart.lines().get(0).outline(chart.frame(), 700);
    assertThat(points).isSorted().contains(0, 77, 123_456, 199_999).hasSizeLessThan(2_810);
    assertThat(chart.svg().length()).isLessThan(150_000);
  }

  @Test
  void longMonthlySeries_staysUnder60kB() {
    List<LocalDate> months =
        IntStream.range(0, 370).mapToObj(i -> LocalDate.of(1985, 7, 1).plusMonths(i)).toList();
    double[] level =
        IntStream.range(0, 370).mapToDouble(i -> 200 * Math.exp(i / 160.0) + i % 7).toArray();
    LineChart chart = LineChart.of("Level", "", "points").line("level", months, level);
    assertThat(chart.svg().length()).isLessThan(60_000);
    assertThat(chart.logarithmic().svg().length()).isLessThan(60_000);
  }

  @Test
  void markersThatMeet_standAsideOrInRows() {
    LineChart two = figure().marker(3.2, "another label");
    assertThat(height(two)).isEqualTo(height(figure()));
    LineChart three = two.marker(3.3, "a third one, quite near");
    assertThat(height(three)).isGreaterThan(height(two));
  }

  private static int height(Figure figure) {
    return Integer.parseInt(Svgs.parse(figure.svg()).getAttribute("height"));
  }

  @Test
  void dates_areWrittenInDescriptionAndText() {
    List<LocalDate> months =
        IntStream.range(0, 48).mapToObj(i -> LocalDate.of(2010, 1, 1).plusMonths(i)).toList();
    LineChart chart =
        LineChart.of("t", "", "level")
            .line("close", months, IntStream.range(0, 48).asDoubleStream().toArray())
            .marker(LocalDate.of(2012, 1, 1), "test");
    assertThat(chart.description()).contains("0 at 2010-01-01 to 47 at 2013-12-01");
    assertThat(chart.text(80)).contains("2011").contains("2013").contains("╎ test");
  }

  @Test
  void textOfRisingLine_startsLowAndEndsHigh() {
    List<String> rows =
        LineChart.of("t", "", "").line("a", new double[] {0, 1}).text(50).lines().toList();
    assertThat(rows.get(1).trim()).endsWith(String.valueOf(rows.get(1).charAt(49)));
    String bottom = rows.get(15);
    assertThat(bottom.substring(bottom.indexOf('┤') + bottom.indexOf('│') + 2).charAt(0))
        .isBetween('\u2801', '\u28FF');
  }

  @Test
  void mixedAxes_areRefused() {
    assertThatThrownBy(() -> figure().line("b", List.of(LocalDate.EPOCH), new double[] {1}))
        .hasMessageContaining("series \"b\" is over dates, but the chart is over numbers");
  }

  @Test
  void badSeries_areRefusedByName() {
    LineChart chart = LineChart.of("t", "", "");
    assertThatThrownBy(() -> chart.line("a", new double[0])).hasMessageContaining("no points");
    assertThatThrownBy(() -> chart.line("a", new double[2], new double[3]))
        .hasMessageContaining("\"a\" has 2 positions and 3 values");
    assertThatThrownBy(() -> chart.line("a", new double[] {Double.NaN}, new double[1]))
        .hasMessageContaining("point 0: the position must be finite, got NaN");
    assertThatThrownBy(() -> figure().line("train", TRAIN)).hasMessageContaining("another name");
    assertThatThrownBy(() -> chart.marker(Double.NaN, "m")).hasMessageContaining("finite");
    assertThatThrownBy(chart::svg).hasMessageContaining("no lines");
  }

  @Test
  void logarithmOfZero_isRefusedEitherWay() {
    double[] zero = {1, 0};
    assertThatThrownBy(() -> LineChart.of("t", "", "").line("a", zero).logarithmic())
        .hasMessageContaining("series \"a\", point 1 is 0.0");
    assertThatThrownBy(() -> LineChart.of("t", "", "").logarithmic().line("a", zero))
        .hasMessageContaining("series \"a\", point 1 is 0.0");
  }

  @Test
  void methods_leaveTheChartAsItWas() {
    LineChart chart = LineChart.of("t", "", "").line("a", TRAIN);
    String before = chart.svg();
    double[] mine = {1, 2};
    LineChart more = chart.line("b", mine).marker(1, "m").logarithmic();
    mine[0] = 99;
    assertThat(chart.svg()).isEqualTo(before);
    assertThat(more.description()).contains("b: 2 points from 1 at 1");
  }
}
