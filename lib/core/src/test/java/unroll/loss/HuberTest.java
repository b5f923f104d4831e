package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.Tensor;

class HuberTest extends ElementLossContract {

  private static final double DELTA = 0.7;

  @Override
  Loss loss() {
    return Loss.huber(DELTA);
  }

  @Override
  String name() {
    return "huber";
  }

  @Override
  double element(double prediction, double target) {
    double d = Math.abs(prediction - target);
    return d <= DELTA ? d * d / 2 : DELTA * (d - DELTA / 2);
  }

  @Test
  void gradient_isTheErrorUpToDelta() {
    Parameter prediction = Parameter.of("prediction", Tensor.of(3, -3, 0.5, 0, 1));
    try (Tape tape = Tape.open()) {
      Tensor value = Loss.huber(1).of(prediction.value(), Tensor.of(0, 0, 0, 0, 0)).times(5);
      assertThat(tape.backward(value).of(prediction).toArray()).containsExactly(1, -1, 0.5, 0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void deltaThatIsNotPositive_isRefused(double delta) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Loss.huber(delta))
        .withMessage("huber: delta must be positive, got " + delta);
  }
}
