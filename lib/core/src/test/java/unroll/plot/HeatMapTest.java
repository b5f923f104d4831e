package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeatMapTest extends FigureContract {
  private static final double[][] VALUES = {{0, 0.25, 1}, {0.5, Double.NaN, 2}};

  @Override
  HeatMap figure() {
    return HeatMap.of("Update gate z", VALUES, List.of("not", "bad", "at & all"), Scale.GATE);
  }

  @Test
  void description_tellsSizeAndSpread() {
    assertThat(figure().description())
        .isEqualTo(
            "Update gate z. Heat map, 2 units, 3 columns from not to at & all,"
                + " values from 0 to 2, mean 0.75.");
  }

  @Test
  void eachCell_hasColourOfItsValue() {
    BufferedImage cells = Svgs.images(figure().svg()).get(0);
    ColourMap map = ColourMap.SEQUENTIAL;
    assertThat(cells.getWidth() % 3).isZero();
    assertThat(cells.getHeight() % 2).isZero();
    assertThat(colour(cells, 0, 0)).isEqualTo(map.colour(0));
    assertThat(colour(cells, 0, 1)).isEqualTo(map.colour(0.25));
    assertThat(colour(cells, 0, 2)).isEqualTo(map.colour(1));
    assertThat(colour(cells, 1, 0)).isEqualTo(map.colour(0.5));
    assertThat(colour(cells, 1, 1)).isEqualTo(Palette.MISSING);
    assertThat(colour(cells, 1, 2)).as("beyond the scale").isEqualTo(map.colour(1));
  }

  private static Color colour(BufferedImage cells, int row, int column) {
    int x = (2 * column + 1) * cells.getWidth() / 6;
    int y = (2 * row + 1) * cells.getHeight() / 4;
    return new Color(cells.getRGB(x, y));
  }

  @Test
  void oneCell_isDrawn() {
    HeatMap one = HeatMap.of("one", new double[][] {{0.5}}, List.of("a"), Scale.TANH);
    BufferedImage cells = Svgs.images(one.svg()).get(0);
    assertThat(new Color(cells.getRGB(0, 0))).isEqualTo(ColourMap.DIVERGING.colour(0.75));
    assertThat(one.text(40)).contains("one  -1 [ ░▒▓█] 1").contains("1│▓▓▓▓▓▓│");
  }

  @Test
  void thousandSteps_staySmallAndLabelled() {
    Random random = new Random(5);
    double[][] values = new double[64][1000];
    for (double[] row : values) {
      java.util.Arrays.setAll(row, i -> Math.sin(i / 50.0) + 0.01 * random.nextDouble());
    }
    List<Integer> steps = java.util.stream.IntStream.rangeClosed(1, 1000).boxed().toList();
    HeatMap map = HeatMap.of("long", values, steps, Scale.TANH).axes("unit", "step");
    assertThat(map.svg().length()).isLessThan(250_000);
    assertThat(map.text(80)).contains("means of 64 units in 16 lines");
  }

  @Test
  void moreColumnsThanPixels_becomeMeans() {
    double[][] values = {new double[100_000]};
    java.util.Arrays.setAll(values[0], i -> i % 2);
    HeatMap map = HeatMap.of("huge", values, Collections.nCopies(100_000, "x"), Scale.GATE);
    double[][] shrunk = map.shrunk(10, 1000);
    assertThat(shrunk[0]).hasSize(1000).containsOnly(0.5);
    assertThat(Svgs.images(map.svg()).get(0).getWidth()).isLessThanOrEqualTo(3040);
  }

  @Test
  void shrunk_leavesOutNaN() {
    HeatMap map =
        HeatMap.of(
            "m",
            new double[][] {{1, Double.NaN, Double.NaN, Double.NaN}},
            List.of("a", "b", "c", "d"),
            Scale.GATE);
    assertThat(map.shrunk(1, 2)[0]).containsExactly(1, Double.NaN);
  }

  @Test
  void rowLabels_standInText() {
    assertThat(figure().rowLabels(List.of("le", "chat")).text(60)).contains("  le│", "chat│");
  }

  @Test
  void badShapes_areRefused() {
    List<String> ab = List.of("a", "b");
    assertThatThrownBy(() -> HeatMap.of("m", new double[0][], List.of(), Scale.GATE))
        .hasMessageContaining("at least one row and one column");
    assertThatThrownBy(() -> HeatMap.of("m", new double[][] {{1, 2}, {1}}, ab, Scale.GATE))
        .hasMessageContaining("row 1 has 1 columns, row 0 has 2");
    assertThatThrownBy(() -> HeatMap.of("m", new double[][] {{1}}, ab, Scale.GATE))
        .hasMessageContaining("a label for each of 1 columns, got 2");
    assertThatThrownBy(() -> figure().rowLabels(ab.subList(0, 1)))
        .hasMessageContaining("a label for each of 2 rows, got 1");
    assertThatThrownBy(() -> Scale.of(1, 1)).hasMessageContaining("less than high");
  }

  @Test
  void symmetricScale_isRoundAndHoldsAll() {
    assertThat(Scale.symmetric(new double[][] {{0.3, -2.2, Double.NaN}}))
        .isEqualTo(new Scale(-2.5, 2.5, true));
    assertThat(Scale.symmetric(new double[][] {{0, 0}})).isEqualTo(Scale.TANH);
  }

  @Test
  void values_areCopied() {
    double[][] mine = {{0.5}};
    HeatMap map = HeatMap.of("m", mine, List.of("a"), Scale.GATE);
    mine[0][0] = 1;
    assertThat(map.description()).contains("mean 0.5");
  }
}
