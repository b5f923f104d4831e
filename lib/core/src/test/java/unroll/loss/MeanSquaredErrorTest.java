package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.Tensor;

class MeanSquaredErrorTest extends ElementLossContract {

  @Override
  Loss loss() {
    return Loss.meanSquaredError();
  }

  @Override
  String name() {
    return "meanSquaredError";
  }

  @Override
  double element(double prediction, double target) {
    return (prediction - target) * (prediction - target);
  }

  @Test
  void gradient_isTwiceTheErrorOverTheCount() {
    Parameter prediction = Parameter.of("prediction", Tensor.of(1, 5));
    try (Tape tape = Tape.open()) {
      Tensor value = loss().of(prediction.value(), Tensor.of(2, 2));
      assertThat(value.item()).isEqualTo(5);
      assertThat(tape.backward(value).of(prediction).toArray()).containsExactly(-1, 3);
    }
  }

  @Test
  void predictionAsItsOwnTarget_isZero() {
    Tensor x = Tensor.of(1, 2, 3);
    assertThat(loss().of(x, x).item()).isZero();
  }
}
