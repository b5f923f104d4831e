package unroll.kernel.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderersTest {
  private interface Animal {}

  private static class Mammal implements Animal {}

  private static final class Cat extends Mammal {
    @Override
    public String toString() {
      return "cat";
    }
  }

  private record Named<T>(Class<T> type, String text) implements Renderer<T> {
    @Override
    public MimeBundle render(T value) {
      return MimeBundle.text(text);
    }
  }

  private static String text(Renderers renderers, Object value) {
    return renderers.render(value).get(MimeBundle.TEXT).orElseThrow();
  }

  @Test
  void render_nearestTypeWins() {
    var renderers = new Renderers();
    assertThat(text(renderers, new Cat())).isEqualTo("cat");
    renderers.register(new Named<>(Animal.class, "animal"));
    assertThat(text(renderers, new Cat())).isEqualTo("animal");
    renderers.register(new Named<>(Mammal.class, "mammal"));
    assertThat(text(renderers, new Cat())).isEqualTo("mammal");
  }

  @Test
  void unregister_nextNearestAgain() {
    var renderers = new Renderers();
    var mammals = new Named<>(Mammal.class, "mammal");
    renderers.register(mammals);
    renderers.register(new Named<>(Animal.class, "animal"));
    renderers.unregister(mammals);
    assertThat(text(renderers, new Cat())).isEqualTo("animal");
  }

  @Test
  void values_asTextByTheirElements() {
    var renderers = new Renderers();
    assertThat(text(renderers, new double[] {1, 2.5})).isEqualTo("[1.0, 2.5]");
    assertThat(text(renderers, Map.of("k", new int[] {1}))).isEqualTo("{k=[1]}");
    assertThat(text(renderers, null)).isEqualTo("null");
    assertThat(text(renderers, Collections.nCopies(1000, 7))).endsWith("7, … 900 more]");
  }

  @Test
  void collectionThatHoldsItself_ends() {
    var renderers = new Renderers();
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThat(text(renderers, list)).startsWith("[[");
  }

  @Test
  void longText_cutWithTheNumberOfCharacters() {
    assertThat(text(new Renderers(), "x".repeat(30_000))).endsWith("showAll(…) shows them too");
  }

  @Test
  void renderAs_onlyTheTypesAskedFor() {
    var renderers = new Renderers();
    assertThat(renderers.renderAs(MimeBundle.html("<i>x</i>", "x"), "text/html").data())
        .containsExactly(Map.entry("text/html", "<i>x</i>"));
    assertThatThrownBy(() -> renderers.renderAs(new Cat(), "image/png"))
        .hasMessageContaining("Cat")
        .hasMessageContaining("text/plain");
  }
}
