package unroll.bench.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {

  @Test
  void met_isOnTheRightSide() {
    assertThat(Goal.below(0.01).met(0.0099)).isTrue();
    assertThat(Goal.below(0.01).met(0.01)).isFalse();
    assertThat(Goal.atLeast(1).met(1)).isTrue();
    assertThat(Goal.atLeast(1).met(0.9999)).isFalse();
    assertThat(Goal.fails(0.1).met(0.16)).isTrue();
    assertThat(Goal.fails(0.1).met(0.1)).isFalse();
    assertThat(Goal.none().met(Double.NaN)).isTrue();
  }

  /** A training that diverged has reached nothing. */
  @Test
  void notANumber_meetsNoGoal() {
    assertThat(Goal.below(1).met(Double.NaN)).isFalse();
    assertThat(Goal.atLeast(0).met(Double.NaN)).isFalse();
    assertThat(Goal.fails(0).met(Double.NaN)).isFalse();
  }

  @Test
  void text_saysTheBound() {
    assertThat(Goal.below(0.01)).hasToString("below 0.01");
    assertThat(Goal.atLeast(1)).hasToString("at least 1");
    assertThat(Goal.fails(0.1)).hasToString("fails, as expected: above 0.1");
  }
}
