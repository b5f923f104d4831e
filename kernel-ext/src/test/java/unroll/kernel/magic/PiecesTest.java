package unroll.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "model data; model|data",
        "  a   b ; a|b",
        "f(1, 2) g[ 3 ] x; f(1, 2)|g[ 3 ]|x",
        "model \"not bad (at all\" z; model|\"not bad (at all\"|z",
        "m 'a b' \"q \\\" r\" x; m|'a b'|\"q \\\" r\"|x",
        "new double[] {1, 2} c; new double[] {1, 2}|c",
        "a + b c; a + b|c",
        "x .y() z; x .y()|z",
        "m d epochs=3 opt=new A(1); m|d|epochs=3|opt=new A(1)",
        "clip = 1; clip = 1",
        "a) b; a)|b",
      })
  void pieces(String text, String expected) {
    assertThat(String.join("|", Pieces.of(text))).isEqualTo(expected);
  }
}
