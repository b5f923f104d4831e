package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BleuTest {

  /** The rows of {@code loss/bleu.tsv}, made by {@code generate.py} beside it. */
  private static List<String[]> rows(String kind) {
    try (InputStream in = BleuTest.class.getResourceAsStream("/loss/bleu.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .filter(row -> row[0].equals(kind))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  static Stream<String> cases() {
    return rows("score").stream().map(row -> row[1]);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void score_isThatOfSacreBleu(String name) {
    List<List<String>> hypotheses = new ArrayList<>();
    List<List<List<String>>> references = new ArrayList<>();
    for (String[] row : rows("pair")) {
      if (row[1].equals(name)) {
        hypotheses.add(words(row[2]));
        references.add(Arrays.stream(row).skip(3).map(BleuTest::words).toList());
      }
    }
    double[] expected =
        rows("score").stream()
            .filter(row -> row[1].equals(name))
            .flatMapToDouble(row -> Arrays.stream(row).skip(2).mapToDouble(Double::parseDouble))
            .toArray();
    Bleu bleu = Bleu.ofSeveral(hypotheses, references);
    assertThat(bleu.score()).isCloseTo(expected[0], within(1e-9));
    assertThat(bleu.brevity()).isCloseTo(expected[1], within(1e-12));
    for (int n = 0; n < 4; n++) {
      assertThat(bleu.precisions().get(n)).isCloseTo(expected[2 + n], within(1e-12));
    }
    assertThat(bleu.hypothesisLength()).isEqualTo((long) expected[6]);
    assertThat(bleu.referenceLength()).isEqualTo((long) expected[7]);
  }

  @Test
  void oneReferenceEach_isTheSameAsALotOfOne() {
    List<List<String>> hypotheses = List.of(words("a b c d e"), words("f g"));
    List<List<String>> references = List.of(words("a b c d f"), words("f g h"));
    assertThat(Bleu.of(hypotheses, references))
        .isEqualTo(
            Bleu.ofSeveral(
                hypotheses, List.of(List.of(references.get(0)), List.of(references.get(1)))));
  }

  @Test
  void nothingSaid_isZero() {
    Bleu bleu = Bleu.of(List.of(List.of()), List.of(words("a b")));
    assertThat(bleu.score()).isZero();
    assertThat(bleu.brevity()).isZero();
    assertThat(Bleu.of(List.of(List.of()), List.of(List.of())).score()).isZero();
  }

  @Test
  void whatDoesNotFit_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(List.of(), List.of()))
        .withMessage("Bleu: needs as many references as translations, at least one; got 0 and 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.of(List.of(words("a")), List.of()))
        .withMessage("Bleu: needs as many references as translations, at least one; got 0 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bleu.ofSeveral(List.of(words("a")), List.of(List.of())))
        .withMessage("Bleu: translation 0 has no reference");
  }
}
