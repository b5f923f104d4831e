package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import unroll.optim.Schedule;
import unroll.plot.LineChart;

class ScheduleChartTest {

  @Test
  void warmUpAndCosine_riseToTheBaseAndFall() {
    LineChart chart = ScheduleChart.of(Schedule.linear(0).warmUp(50), 0.5, 10, 10);
    // 0.5 / 50 in the first step; a hundredth is left in the last
    assertThat(chart.description()).endsWith("100 points from 0.01 at 0 to 0.005 at 9.9.");
    assertThat(chart.svg()).contains("Learning rate");
  }

  @Test
  void oneStep_isAPoint() {
    assertThat(ScheduleChart.of(Schedule.constant(), 0.25, 1, 1).description())
        .contains("0.25 at 0");
  }

  @Test
  void millionsOfSteps_areAFewHundredPoints() {
    LineChart chart = ScheduleChart.of(Schedule.cosine(), 0.25, 100_000, 100_000);
    assertThat(chart.svg().length()).isLessThan(40_000);
    assertThat(chart.description()).contains("0.25 at 0");
  }

  @Test
  void whatMakesNoSense_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleChart.of(Schedule.constant(), 0, 1, 1))
        .withMessage(
            "ScheduleChart: the learning rate must be positive, epochs and steps at least 1; got"
                + " 0.0, 1 and 1");
  }
}
