package unroll.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeDrawingTest extends FigureContract {

  @Override
  TreeDrawing figure() {
    return TreeDrawing.of(
        "Not bad",
        List.of("not", "bad", "", "at", "all", "", ""),
        new int[] {2, 2, 6, 5, 5, 6, -1});
  }

  private static TreeDrawing dependencies() {
    return TreeDrawing.of(
        "Cat", List.of("the", "cat", "a", "mouse", "chased"), new int[] {1, 4, 3, 4, -1});
  }

  @Test
  void description_isTheTreeInBrackets() {
    assertThat(figure().description())
        .isEqualTo("Not bad. A tree of 7 nodes: ((not bad) (at all)).");
    assertThat(dependencies().description())
        .isEqualTo("Cat. A tree of 5 nodes: chased(cat(the) mouse(a)).");
    assertThat(TreeDrawing.of("One", List.of("w"), new int[] {-1}).description())
        .isEqualTo("One. A tree of 1 node: w.");
  }

  @Test
  void text_isIndented() {
    assertThat(figure().text(40))
        .isEqualTo(
            """
            Not bad
            •
            ├─ •
            │  ├─ not
            │  └─ bad
            └─ •
               ├─ at
               └─ all
            """);
    assertThat(dependencies().text(40))
        .isEqualTo(
            """
            Cat
            chased
            ├─ cat
            │  └─ the
            └─ mouse
               └─ a
            """);
  }

  @Test
  void svg_hasABoxForEachWordAndAPointForEachPhrase() {
    String tint = String.format("fill:#%06x", Palette.tint(Palette.line(0)).getRGB() & 0xFFFFFF);
    assertThat(figure().svg().split(tint, -1)).hasSize(4 + 1);
    assertThat(figure().svg().split("<ellipse", -1)).hasSize(3 + 1);
    assertThat(dependencies().svg().split(tint, -1)).hasSize(5 + 1);
    assertThat(Svgs.strokes(figure().svg(), Palette.AXIS)).isGreaterThan(0);
  }

  @Test
  void nodesOfALevel_doNotTouch() {
    Random random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      int count = 1 + random.nextInt(20);
      List<String> labels = new ArrayList<>();
      int[] parents = new int[count];
      parents[count - 1] = -1;
      for (int i = count - 1; i >= 0; i--) {
        labels.add("w".repeat(random.nextInt(25)));
        if (i < count - 1) { // after the node next to it, or after one of that one's ancestors
          int parent = i + 1;
          while (parents[parent] >= 0 && random.nextBoolean()) {
            parent = parents[parent];
          }
          parents[i] = parent;
        }
      }
      TreePainting painting = new TreePainting(TreeDrawing.of("t", labels, parents));
      for (int i = 0; i < count; i++) {
        double half = painting.boxWidth(i) / 2;
        assertThat(painting.x(i)).isBetween(half, painting.width() - half);
        for (int j = 0; j < i; j++) {
          if (painting.y(i) == painting.y(j)) {
            double apart = painting.x(i) - painting.x(j) - half - painting.boxWidth(j) / 2;
            assertThat(apart).isGreaterThan(5);
          }
        }
      }
    }
  }

  @Test
  void whatIsNoTree_isRefused() {
    assertThatThrownBy(() -> TreeDrawing.of("t", List.of(), new int[0]))
        .hasMessageContaining("TreeDrawing: needs a parent for each of 0 labels");
    assertThatThrownBy(() -> TreeDrawing.of("t", List.of("a", "b"), new int[] {-1, -1}))
        .hasMessage("TreeDrawing: a parent comes after its children, got parent -1 of node 0");
    assertThatThrownBy(() -> TreeDrawing.of("t", List.of("a", "b"), new int[] {1, 0}))
        .hasMessageContaining("-1 for the root, the last; got [1, 0]");
  }
}
