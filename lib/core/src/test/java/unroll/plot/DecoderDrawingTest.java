package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecoderDrawingTest extends FigureContract {

  private static final Stage READ = Stage.recurrent("Gru 4→8", "[T, B, 8]", 100);
  private static final Stage WRITE = Stage.recurrent("Lstm 4→8", "[T', B, 8]", 200);
  private static final Stage LOOK = Stage.apart("Attention additive", "[T', B, T]", 30);
  private static final Stage OUT = Stage.apart("Linear 8→9", "[T', B, 9]", 81);

  @Override
  DecoderDrawing figure() {
    return DecoderDrawing.of(
            "Translator", "tokens [T, B]", List.of(READ), List.of(WRITE, LOOK, OUT))
        .attention()
        .memory(1_644, "of parameters");
  }

  @Test
  void description_saysWhatReadsAndWhatWrites() {
    assertThat(figure().description())
        .contains("Reads tokens [T, B]: Gru 4→8 giving [T, B, 8], recurrent, 100 parameters")
        .contains("looking back at every step that was read: Lstm 4→8")
        .contains("411 parameters · 1.6 kB of parameters");
  }

  @Test
  void boxes_areThreeForEachStage_oneWhereAVectorIsRead() {
    assertThat(boxes(figure(), 0)).isEqualTo(3 + 1);
    assertThat(boxes(figure(), 1)).isEqualTo(3 + 1);
    assertThat(boxes(figure().oneVector(), 0)).isEqualTo(1 + 1);
  }

  /** Boxes of a colour, and the one in the legend. */
  private static int boxes(DecoderDrawing drawing, int colour) {
    String fill =
        String.format("fill:#%06x", Palette.tint(Palette.line(colour)).getRGB() & 0xFFFFFF);
    return drawing.svg().split(fill, -1).length - 1;
  }

  @Test
  void pictures_ofAVectorAndOfASequence_differ() {
    assertThat(figure().oneVector().svg()).isNotEqualTo(figure().svg());
    assertThat(figure().oneVector().text(80)).contains("x ⇒ <bos> → y1");
    assertThat(figure().text(80)).contains("x1 → x2 → … → xT ⇒ <bos>", "looking back");
  }

  @Test
  void of_noStage_isRefused() {
    assertThatThrownBy(() -> DecoderDrawing.of("d", "x", List.of(), List.of(OUT)))
        .hasMessageContaining("at least one stage");
  }
}
