package unroll.bench.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import unroll.tensor.Generator;

class ReberProblemTest {

  /** What the grammar's walks from state 3 read as, written as a regular expression. */
  private static final String FROM_3 = "(?:T*VPX)*T*V(?:V|PS)E";

  private static final String INNER = "B(?:TS*X(?:SE|X" + FROM_3 + ")|P" + FROM_3 + ")";

  /** An automaton that was not made from {@link Reber}'s tables. */
  private static final Pattern LANGUAGE = Pattern.compile("B(?:T" + INNER + "T|P" + INNER + "P)E");

  private static boolean begins(String prefix) {
    Matcher matcher = LANGUAGE.matcher(prefix);
    return matcher.matches() || matcher.hitEnd();
  }

  private static String next(String prefix) {
    return Reber.SYMBOLS
        .chars()
        .filter(c -> begins(prefix + (char) c))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String sorted(String letters) {
    return letters.chars().sorted().mapToObj(Character::toString).collect(Collectors.joining());
  }

  @Test
  void draw_staysInTheLanguageAndKnowsWhatIsLegal() {
    Generator generator = Generator.of(1);
    for (int i = 0; i < 2000; i++) {
      Reber.Text drawn = Reber.draw(generator);
      assertThat(drawn.text()).matches(LANGUAGE);
      assertThat(drawn.legal()).hasSize(drawn.text().length() - 1);
      for (int t = 1; t < drawn.text().length(); t++) {
        assertThat(sorted(drawn.legal().get(t - 1)))
            .as("%s at %d", drawn.text(), t)
            .isEqualTo(sorted(next(drawn.text().substring(0, t))));
      }
    }
  }

  @Test
  void draw_takesBothWaysEquallyOften() {
    Generator generator = Generator.of(2);
    int outerT = 0;
    double length = 0;
    for (int i = 0; i < 4000; i++) {
      String text = Reber.draw(generator).text();
      outerT += text.charAt(1) == 'T' ? 1 : 0;
      length += text.length() / 4000.0;
    }
    assertThat(outerT).isBetween(1850, 2150);
    // 4 around the inner string, whose expected length is 8: B, E and a walk of 6 on average
    assertThat(length).isBetween(11.7, 12.3);
  }

  @Test
  void legal_wantsEveryLegalSymbolOverEveryOther() {
    //                  B  T  P  S  X  V  E
    double[] outputs = {0, 5, 3, 1, 1, 2, 0};
    assertThat(ReberProblem.legal(outputs, 0, "TP")).isTrue();
    assertThat(ReberProblem.legal(outputs, 0, "T")).isTrue();
    assertThat(ReberProblem.legal(outputs, 0, "TV")).isFalse();
    assertThat(ReberProblem.legal(outputs, 0, "E")).isFalse();
    outputs[5] = 3;
    assertThat(ReberProblem.legal(outputs, 0, "TP")).as("a tie is not enough").isFalse();
  }
}
