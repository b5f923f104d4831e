package unroll.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import unroll.tensor.Generator;

class ScenesTest {

  @Test
  void draw_sameSeedSamePixels() {
    Scenes first = Scenes.draw(40, Generator.of(7));
    Scenes second = Scenes.draw(40, Generator.of(7));
    assertThat(first.train()).isEqualTo(second.train());
    assertThat(first.test()).isEqualTo(second.test());
    assertThat(first.train()).isNotEqualTo(Scenes.draw(40, Generator.of(8)).train());
  }

  /** Frozen: the pixels must be the same on every JDK. */
  @Test
  void draw_pixelsAreThoseOfAlways() {
    CRC32 sum = new CRC32();
    for (Scene scene : Scenes.draw(20, Generator.of(1)).train()) {
      for (double value : scene.pixels()) {
        sum.update((int) Math.round(255 * value));
      }
    }
    assertThat(sum.getValue()).isEqualTo(CHECKSUM);
  }

  private static final long CHECKSUM = 1_364_219_354L;

  @Test
  void draw_halfOfTheTestIsOfUnseenPairs() {
    Scenes scenes = Scenes.draw(1_000, Generator.of(3));
    assertThat(scenes.train()).hasSize(800);
    assertThat(scenes.validation()).hasSize(100);
    assertThat(scenes.test()).hasSize(100);
    assertThat(scenes.unseen().size()).isBetween(50, 60);
    Set<String> words = new HashSet<>();
    scenes.train().forEach(s -> words.addAll(s.tokens()));
    assertThat(words)
        .containsExactlyInAnyOrder(
            "a",
            "red",
            "green",
            "blue",
            "yellow",
            "circle",
            "square",
            "triangle",
            "above",
            "below",
            "left",
            "right",
            "of");
    assertThat(scenes.vocabulary().size()).isEqualTo(17);
  }

  @Test
  void scene_showsWhatItsCaptionSays() {
    for (Scene scene : Scenes.draw(200, Generator.of(5)).train()) {
      String[] first = scene.tokens().subList(1, 3).toArray(String[]::new);
      double[] large = middle(scene, first[0]);
      String second = scene.tokens().get(scene.tokens().size() - 2);
      if (second.equals(first[0])) {
        continue;
      }
      double[] small = middle(scene, second);
      assertThat(large[2]).as(scene.caption() + ": the first is the larger").isGreaterThan(12);
      boolean holds =
          switch (scene.tokens().get(3)) {
            case "above" -> large[1] < small[1] && across(large, small, 0);
            case "below" -> large[1] > small[1] && across(large, small, 0);
            case "left" -> large[0] < small[0] && across(large, small, 1);
            default -> large[0] > small[0] && across(large, small, 1);
          };
      assertThat(holds).as(scene.caption()).isTrue();
    }
  }

  private static boolean across(double[] a, double[] b, int axis) {
    return Math.abs(a[axis] - b[axis]) < Math.abs(a[1 - axis] - b[1 - axis]);
  }

  /** The mean column and row of the pixels of a colour, and their number. */
  private static double[] middle(Scene scene, String colour) {
    double[] found = new double[3];
    double[] p = scene.pixels();
    for (int i = 0; i < Scene.SIZE * Scene.SIZE; i++) {
      boolean red = p[3 * i] > 0.5;
      boolean green = p[3 * i + 1] > 0.5;
      boolean blue = p[3 * i + 2] > 0.5;
      String seen = red ? (green ? "yellow" : "red") : green ? "green" : blue ? "blue" : "";
      if (seen.equals(colour)) {
        found[0] += i % Scene.SIZE;
        found[1] += Math.floorDiv(i, Scene.SIZE);
        found[2]++;
      }
    }
    return new double[] {found[0] / found[2], found[1] / found[2], found[2]};
  }

  @Test
  void drawing_showsPixelsAndCaption() {
    Scene scene = Scenes.draw(20, Generator.of(1)).train().get(0);
    assertThat(scene.drawing().svg()).contains("<image", scene.caption());
    assertThat(scene.drawing().text(80)).contains(scene.caption(), "█");
    assertThatThrownBy(() -> new Scene(new double[5], "x")).hasMessageContaining("768");
    assertThatThrownBy(() -> Scenes.draw(3)).hasMessageContaining("at least 20");
  }
}
