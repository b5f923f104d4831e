package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final double[] PREDICTION = {1, 4, -2};
  private static final double[] TARGET = {2, 4, -4};

  @Test
  void errors_asWrittenDown() {
    assertThat(Metrics.rootMeanSquaredError(PREDICTION, TARGET))
        .isCloseTo(Math.sqrt(5 / 3.0), within(1e-15));
    assertThat(Metrics.meanAbsoluteError(PREDICTION, TARGET)).isEqualTo(1);
    assertThat(Metrics.meanAbsolutePercentageError(PREDICTION, TARGET))
        .isCloseTo(100 / 3.0, within(1e-12));
  }

  @Test
  void nothingOrDifferentLengths_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.rootMeanSquaredError(PREDICTION, new double[2]))
        .withMessage(
            "rootMeanSquaredError: needs as many predictions as targets, at least one; got 3 and"
                + " 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.meanAbsoluteError(new double[0], new double[0]))
        .withMessageStartingWith("meanAbsoluteError: needs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.meanAbsolutePercentageError(new double[1], new double[0]))
        .withMessageStartingWith("meanAbsolutePercentageError: needs");
  }

  @Test
  void masked_isTheSameAsLeftOut() {
    double[] prediction = {1, Double.NaN, 4, -2};
    double[] target = {2, 0, 4, -4};
    boolean[] mask = {true, false, true, true};
    assertThat(Metrics.rootMeanSquaredError(prediction, target, mask))
        .isEqualTo(Metrics.rootMeanSquaredError(PREDICTION, TARGET));
    assertThat(Metrics.meanAbsoluteError(prediction, target, mask))
        .isEqualTo(Metrics.meanAbsoluteError(PREDICTION, TARGET));
    assertThat(Metrics.meanAbsolutePercentageError(prediction, target, mask))
        .isEqualTo(Metrics.meanAbsolutePercentageError(PREDICTION, TARGET));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.meanAbsoluteError(PREDICTION, TARGET, new boolean[3]))
        .withMessageStartingWith("meanAbsoluteError: the mask leaves nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.accuracy(new int[2], new int[2], new boolean[2]))
        .withMessageStartingWith("accuracy: the mask leaves nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.accuracy(new int[2], new int[2], new boolean[3]))
        .withMessage("accuracy: needs a mask for each of 2 targets, got 3");
  }

  @Test
  void perplexityAndBits_ofEvenChances() {
    assertThat(Metrics.perplexity(Math.log(50))).isCloseTo(50, within(1e-12));
    assertThat(Metrics.perplexity(0)).isEqualTo(1);
    assertThat(Metrics.bitsPerCharacter(Math.log(8))).isCloseTo(3, within(1e-15));
  }
}
