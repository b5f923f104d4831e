package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkDrawingTest extends FigureContract {
  private static final Stage LSTM = Stage.recurrent("Lstm 1→32", "[T, B, 32]", 4_352);
  private static final Stage LINEAR = Stage.apart("Linear 32→1", "[T, B, 1]", 33);

  @Override
  NetworkDrawing figure() {
    return NetworkDrawing.of("Sequence to sequence", "[T, B, 1]", List.of(LSTM, LINEAR))
        .memory(17_540, "as float32");
  }

  @Test
  void description_namesStagesAndTotals() {
    assertThat(figure().description())
        .contains("Input [T, B, 1]; Lstm 1→32 giving [T, B, 32], recurrent, 4,352 parameters")
        .contains("4,385 parameters · 17.5 kB as float32");
  }

  @Test
  void boxes_areFourForEachStage() {
    assertThat(boxes(figure(), 0)).isEqualTo(4);
    assertThat(boxes(figure(), 1)).isEqualTo(4);
  }

  @Test
  void stageAtLastStep_isOneBox() {
    NetworkDrawing vector =
        NetworkDrawing.of("v", "[T, B]", List.of(LSTM, LINEAR.at(Stage.Steps.LAST)));
    assertThat(boxes(vector, 0)).isEqualTo(4);
    assertThat(boxes(vector, 1)).isEqualTo(1);
    assertThat(vector.description()).contains("Linear 32→1 giving [T, B, 1], at the last step");
  }

  private static int boxes(NetworkDrawing drawing, int stage) {
    String fill =
        String.format("fill:#%06x", Palette.tint(Palette.line(stage)).getRGB() & 0xFFFFFF);
    return drawing.svg().split(fill, -1).length - 1;
  }

  @Test
  void text_drawsArrowsOnlyWhereRecurrent() {
    List<String> rows = figure().text(80).lines().toList();
    assertThat(rows.get(0)).isEqualTo("Sequence to sequence");
    assertThat(rows.get(1)).contains("y1", "y2", "y3", "…", "yT");
    assertThat(rows).anyMatch(row -> row.contains("│  Lstm  │─→ │  Lstm  │─→ │  Lstm  │…→ │"));
    assertThat(rows).anyMatch(row -> row.contains("│ Linear │   │ Linear │   │ Linear │ … │"));
  }

  @Test
  void bidirectional_hasArrowsBothWays() {
    NetworkDrawing both =
        NetworkDrawing.of("b", "[T]", List.of(Stage.bidirectional("Gru 4→2×8", "[T, B, 16]", 9)));
    assertThat(both.text(80)).contains("←─→");
    assertThat(both.description()).contains("recurrent in both directions");
    assertThat(Svgs.strokes(both.svg(), Palette.line(0)))
        .isGreaterThan(
            Svgs.strokes(NetworkDrawing.of("f", "[T]", List.of(LSTM)).svg(), Palette.line(0)));
  }

  @Test
  void inputAtFirstStep_isOneCircle() {
    NetworkDrawing drawing =
        NetworkDrawing.of("v", "[B, 768]", List.of(LSTM)).inputs(Stage.Steps.FIRST);
    assertThat(drawing.svg().split("<ellipse", -1).length - 1).isEqualTo(2 * (1 + 4));
    assertThat(drawing.text(60)).doesNotContain("x2");
  }

  @Test
  void tenStages_areDrawn() {
    NetworkDrawing deep = NetworkDrawing.of("deep", "[T]", java.util.Collections.nCopies(10, LSTM));
    Svgs.parse(deep.svg());
    assertThat(deep.caption()).isEqualTo("43,520 parameters");
  }

  @Test
  void nothingToDraw_isRefused() {
    assertThatThrownBy(() -> NetworkDrawing.of("n", "[T]", List.of()))
        .hasMessageContaining("at least one stage");
    assertThatThrownBy(() -> Stage.apart(" ", "[T]", 1))
        .hasMessageContaining("Stage: needs a name");
    assertThatThrownBy(() -> Stage.apart("L", "[T]", -1)).hasMessageContaining("-1");
  }
}
