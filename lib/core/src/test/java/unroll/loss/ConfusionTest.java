package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionTest {

  private static final int[] TARGETS = {0, 0, 0, 1, 1, 2, 2, 2, 2, 0};
  private static final int[] PREDICTED = {0, 1, 0, 1, 2, 2, 2, 2, 0, 0};
  private final Confusion confusion = Confusion.of(4, PREDICTED, TARGETS);

  @Test
  void counts_byHand() {
    assertThat(confusion.count(0, 0)).isEqualTo(3);
    assertThat(confusion.count(0, 1)).isEqualTo(1);
    assertThat(confusion.count(1, 0)).isZero();
    assertThat(confusion.count(1, 2)).isEqualTo(1);
    assertThat(confusion.total()).isEqualTo(10);
    assertThat(confusion.accuracy()).isEqualTo(0.7);
    assertThat(Metrics.accuracy(PREDICTED, TARGETS)).isEqualTo(0.7);
    assertThat(confusion.toString().lines())
        .containsExactly(
            "target \\ predicted",
            "     0  1  2  3",
            "  0  3  1  0  0",
            "  1  0  1  1  0",
            "  2  1  0  3  0",
            "  3  0  0  0  0");
  }

  @Test
  void scoresOfAClass_byHand() {
    assertThat(confusion.scores(0)).isEqualTo(new Confusion.Scores(0.75, 0.75, 0.75));
    assertThat(confusion.scores(1)).isEqualTo(new Confusion.Scores(0.5, 0.5, 0.5));
    Confusion onesided = Confusion.of(2, new int[] {1, 1, 1, 0}, new int[] {1, 0, 0, 1});
    assertThat(onesided.scores(1).precision()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(onesided.scores(1).recall()).isEqualTo(0.5);
    assertThat(onesided.scores(1).f1()).isEqualTo(0.4);
  }

  @Test
  void classThatNeverOccurs_scoresZero() {
    assertThat(confusion.scores(3)).isEqualTo(new Confusion.Scores(0, 0, 0));
  }

  @Test
  void macro_isTheMeanOfTheClassesAndMicroOfThePredictions() {
    assertThat(confusion.macro().f1()).isCloseTo((0.75 + 0.5 + 0.75 + 0) / 4, within(1e-15));
    assertThat(confusion.macro().precision()).isCloseTo(2 / 4.0, within(1e-15));
    assertThat(confusion.micro()).isEqualTo(new Confusion.Scores(0.7, 0.7, 0.7));
    assertThat(confusion.micro(1, 2).precision()).isCloseTo(4 / 6.0, within(1e-15));
    assertThat(confusion.micro(1, 2).recall()).isCloseTo(4 / 6.0, within(1e-15));
  }

  @Test
  void masked_isTheSameAsLeftOut() {
    int[] targets = {0, -1, 1, 1};
    int[] predicted = {0, 7, 0, 1};
    boolean[] mask = {true, false, true, true};
    Confusion masked = Confusion.of(2, predicted, targets, mask);
    Confusion without = Confusion.of(2, new int[] {0, 0, 1}, new int[] {0, 1, 1});
    assertThat(masked).hasToString(without.toString());
    assertThat(masked.plus(without).total()).isEqualTo(6);
    assertThat(masked.plus(without).count(1, 0)).isEqualTo(2);
    assertThat(Metrics.accuracy(predicted, targets, mask)).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void whatDoesNotFit_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Confusion.of(2, new int[] {2}, new int[] {0}))
        .withMessage("Confusion: classes must be from 0 to 1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Confusion.of(2, new int[] {1}, new int[2]))
        .withMessageStartingWith("Confusion: needs as many predictions as targets");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Confusion.of(2, new int[2], new int[2], new boolean[1]))
        .withMessage("Confusion: needs a mask for each of 2 targets, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> confusion.plus(Confusion.of(2, new int[1], new int[1])))
        .withMessage("Confusion.plus: needs as many classes, got 4 and 2");
  }
}
