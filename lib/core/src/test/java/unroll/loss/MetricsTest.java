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
}
