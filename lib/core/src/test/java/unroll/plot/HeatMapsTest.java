package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatMapsTest extends FigureContract {
  private static final List<LocalDate> MONTHS =
      IntStream.range(0, 76).mapToObj(i -> LocalDate.of(2010, 1, 1).plusMonths(i)).toList();

  @Override
  HeatMaps figure() {
    Random random = new Random(3);
    List<HeatMap> panels = new ArrayList<>();
    for (String name : List.of("input gate", "forget gate", "candidate", "output gate", "cell")) {
      double[][] values = new double[32][76];
      for (double[] row : values) {
        java.util.Arrays.setAll(row, i -> random.nextDouble());
      }
      panels.add(HeatMap.of(name, values, MONTHS, Scale.GATE).axes("unit", "month"));
    }
    return HeatMaps.stack("Gates", panels);
  }

  @Test
  void eachPanel_hasCellsAndBar() {
    assertThat(Svgs.images(figure().svg())).hasSize(10);
  }

  @Test
  void description_namesEachPanel() {
    assertThat(figure().description())
        .startsWith("Gates. 5 heat maps with the same columns. input gate: 32 units, 76 columns")
        .contains("; cell: 32 units, 76 columns from 2010-01-01 to 2016-04-01");
  }

  @Test
  void text_hasOneRowOfMonths() {
    assertThat(figure().text(100).lines().filter(line -> line.contains("2010-01"))).hasSize(1);
  }

  @Test
  void otherColumns_areRefused() {
    HeatMap a = HeatMap.of("a", new double[][] {{1}}, List.of("x"), Scale.GATE);
    HeatMap b = HeatMap.of("b", new double[][] {{1}}, List.of("y"), Scale.GATE);
    assertThatThrownBy(() -> HeatMaps.stack("s", List.of(a, b)))
        .hasMessageContaining("\"b\" has other column labels than \"a\"");
    assertThatThrownBy(() -> HeatMaps.stack("s", List.of()))
        .hasMessageContaining("at least one heat map");
  }
}
