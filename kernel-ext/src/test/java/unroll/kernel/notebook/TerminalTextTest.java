package unroll.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {

  private static String shown(String... pieces) {
    TerminalText text = new TerminalText();
    for (String piece : pieces) {
      text.append(piece);
    }
    return text.toString();
  }

  @Test
  void plainLines_stayAsTheyAre() {
    assertThat(shown("one\ntwo\n", "three")).isEqualTo("one\ntwo\nthree");
  }

  @Test
  void carriageReturn_overwritesFromTheStartOfTheLine() {
    assertThat(shown("10 %\r20 %\r100 %\n")).isEqualTo("100 %\n");
    assertThat(shown("long line\rLONG")).isEqualTo("LONG line");
    assertThat(shown("a\r\nb\r\n")).isEqualTo("a\nb\n");
  }

  @Test
  void backspace_goesBackOneCharacterAtMostToTheStart() {
    assertThat(shown("ab\b\b\b\bxy")).isEqualTo("xy");
    assertThat(shown("spin |\b/\b-\n")).isEqualTo("spin -\n");
  }

  @Test
  void erasing_removesTheRestOfTheLine() {
    assertThat(shown("a longer bar\rshort\u001b[K\n")).isEqualTo("short\n");
    assertThat(shown("gone\u001b[2K\rnew")).isEqualTo("new");
  }

  @Test
  void colours_stayAndOtherSequencesGo() {
    assertThat(shown("\u001b[31mred\u001b[0m\n")).isEqualTo("\u001b[31mred\u001b[0m\n");
    assertThat(shown("\u001b[1Aup\u001b7\u001b8")).isEqualTo("up");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void streamCutAnywhere_showsTheSame(long seed) {
    Random random = new Random(seed);
    String[] words = {"a", "bc", "\r", "\n", "\b", "\u001b[31m", "\u001b[0m", "\u001b[K", "ü"};
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      all.append(words[random.nextInt(words.length)]);
    }
    TerminalText text = new TerminalText();
    for (int at = 0; at < all.length(); ) {
      int end = Math.min(all.length(), at + 1 + random.nextInt(4));
      text.append(all.substring(at, end));
      at = end;
    }
    assertThat(text.toString()).isEqualTo(shown(all.toString()));
  }
}
