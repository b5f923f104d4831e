package unroll.bench.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.optim.Schedule;

class TrainingTest {

  private static final Training.Watcher NOBODY = (at, steps) -> {};

  private static Result run(String problem, String cell, int steps) {
    Recipe recipe =
        new Recipe(24, 16, 1e-2, Schedule.constant(), 1, steps, steps / 4, Goal.fails(1e9), 1);
    return new Training(Problems.named(problem), cell, recipe, 7, NOBODY).run();
  }

  /** Small forms of the problems; guesses have losses of 0.167 and 0.990. */
  @ParameterizedTest
  @CsvSource({"adding-12,LSTM,320,0.05", "adding-12,GRU,320,0.05", "copy-1,GRU,400,0.95"})
  void loss_fallsBelowThatOfAGuess(String problem, String cell, int steps, double bound) {
    Result result = run(problem, cell, steps);
    assertThat(result.steps()).isEqualTo(steps);
    assertThat(result.curve()).hasSize(4);
    assertThat(result.curve().get(3).value()).isLessThan(result.curve().get(0).value());
    assertThat(result.score().value()).isLessThan(bound);
  }

  @ParameterizedTest
  @CsvSource({"LSTM", "GRU"})
  void reber_isLearntInPart(String cell) {
    assertThat(run("reber", cell, 200).score().value()).isGreaterThan(0.3);
  }

  @ParameterizedTest
  @CsvSource({"reber", "adding-12", "copy-1"})
  void sameSeed_sameResult(String problem) {
    Result once = run(problem, "LSTM", 8);
    Result again = run(problem, "LSTM", 8);
    assertThat(again.score()).isEqualTo(once.score());
    assertThat(again.curve()).isEqualTo(once.curve());
  }
}
