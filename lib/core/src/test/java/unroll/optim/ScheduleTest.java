package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final int EPOCHS = 40;

  private static final Map<String, Schedule> CASES =
      Map.of(
          "step", Schedule.step(7, 0.3),
          "exponential", Schedule.exponential(0.9),
          "cosine", Schedule.cosine(),
          "cosine_lowest", Schedule.cosine(0.01),
          "linear", Schedule.linear(0.25),
          "warmup", Schedule.constant().warmUp(8),
          "warmup_exponential", Schedule.exponential(0.9).warmUp(8),
          "plateau", Schedule.onPlateau(0.3, 2));

  /** One step an epoch, as in {@code generate.py}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "step",
        "exponential",
        "cosine",
        "cosine_lowest",
        "linear",
        "warmup",
        "warmup_exponential",
        "plateau"
      })
  void rates_asInPyTorch(String name) {
    Reference reference = Reference.read("schedules");
    double[] expected = reference.column(name);
    List<Double> losses = Arrays.stream(reference.column("loss")).boxed().toList();
    assertThat(expected).hasSize(EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Progress at = new Progress(epoch, epoch, EPOCHS, losses.subList(0, epoch));
      assertThat(CASES.get(name).rate(0.2, at))
          .as("epoch %d", epoch)
          .isCloseTo(expected[epoch], within(1e-15));
    }
  }

  private static Progress at(double epoch) {
    return new Progress((long) (epoch * 100), epoch, 10, List.of());
  }

  @Test
  void insideAnEpoch_theyAreTheirEquations() {
    assertThat(Schedule.constant().rate(0.5, at(2.5))).isEqualTo(0.5);
    assertThat(Schedule.step(2, 0.1).rate(0.5, at(3.99))).isEqualTo(0.05);
    assertThat(Schedule.exponential(0.25).rate(0.5, at(2.5))).isEqualTo(0.5 / 32);
    assertThat(Schedule.cosine().rate(0.5, at(2.5)))
        .isCloseTo(0.25 * (1 + Math.sqrt(0.5)), within(1e-15));
    assertThat(Schedule.cosine(0.1).rate(0.5, at(10))).isEqualTo(0.1);
    assertThat(Schedule.linear(0).rate(0.5, at(7.5))).isEqualTo(0.125);
    assertThat(Schedule.exponential(0.25).atLeast(0.1).rate(0.5, at(2.5))).isEqualTo(0.1);
    assertThat(Schedule.cosine().warmUp(1000).rate(0.5, at(5)))
        .isCloseTo(0.25 * 501 / 1000, within(1e-15));
  }

  @Test
  void afterTheLastEpoch_theyStayWhereTheyEnded() {
    assertThat(Schedule.cosine().rate(0.5, at(12))).isZero();
    assertThat(Schedule.linear(0.5).rate(0.5, at(12))).isEqualTo(0.25);
  }

  @Test
  void equalSettings_areEqualSchedules() {
    assertThat(Schedule.cosine(0.1).warmUp(3)).isEqualTo(Schedule.cosine(0.1).warmUp(3));
    assertThat(Schedule.step(3, 0.1)).isNotEqualTo(Schedule.step(3, 0.2));
    assertThat(Schedule.step(3, 0.1)).hasToString("Step[every=3, factor=0.1]");
  }

  @Test
  void plateauWithoutValidation_isRefused() {
    Schedule plateau = Schedule.onPlateau(0.5, 0);
    Progress none = new Progress(10, 1, 5, List.of(Double.NaN));
    assertThatIllegalStateException()
        .isThrownBy(() -> plateau.rate(1, none))
        .withMessageStartingWith("Schedule.onPlateau: there is no validation loss to go by");
    assertThat(plateau.rate(1, new Progress(0, 0, 5, List.of()))).isEqualTo(1);
    assertThat(plateau.rate(1, new Progress(0, 2, 5, Collections.nCopies(4, 2.0))))
        .isEqualTo(0.125);
  }

  @Test
  void settingsThatMakeNoSense_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.step(0, 0.1))
        .withMessage("Schedule.step: every must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.exponential(0))
        .withMessage("Schedule.exponential: factor must be positive and finite, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.onPlateau(1, 3))
        .withMessage("Schedule.onPlateau: factor must be between 0 and 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.cosine().warmUp(0))
        .withMessage("Schedule.warmUp: steps must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Progress(-1, 0, 1, List.of()))
        .withMessage(
            "Progress: step and epoch must not be negative, epochs at least 1; got -1, 0.0 and 1");
  }
}
