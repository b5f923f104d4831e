package unroll.bench.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import unroll.tensor.Generator;

class AddingProblemTest {

  @Test
  void draw_marksOneNumberInEitherHalfAndAddsThem() {
    int steps = 11;
    int batch = 500;
    var drawn = new AddingProblem(steps).draw(batch, Generator.of(1));
    double squares = 0;
    for (int b = 0; b < batch; b++) {
      double sum = 0;
      int early = 0;
      int late = 0;
      for (int t = 0; t < steps; t++) {
        double number = drawn.input()[(t * batch + b) * 2];
        double mark = drawn.input()[(t * batch + b) * 2 + 1];
        assertThat(number).isBetween(0.0, Math.nextDown(1.0));
        assertThat(mark).isIn(0.0, 1.0);
        sum += mark * number;
        early += t < steps / 2 && mark == 1 ? 1 : 0;
        late += t >= steps / 2 && mark == 1 ? 1 : 0;
      }
      assertThat(early).isEqualTo(1);
      assertThat(late).isEqualTo(1);
      assertThat(drawn.target()[b]).isCloseTo(sum, within(1e-12));
      squares += (sum - 1) * (sum - 1) / batch;
    }
    assertThat(squares).as("variance of the sum").isCloseTo(1 / 6.0, within(0.03));
  }
}
