package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.Tensor;

class MeanAbsoluteErrorTest extends ElementLossContract {

  @Override
  Loss loss() {
    return Loss.meanAbsoluteError();
  }

  @Override
  String name() {
    return "meanAbsoluteError";
  }

  @Override
  double element(double prediction, double target) {
    return Math.abs(prediction - target);
  }

  @Test
  void gradient_isTheSignOverTheCount() {
    Parameter prediction = Parameter.of("prediction", Tensor.of(1, 5, 2, 2));
    try (Tape tape = Tape.open()) {
      Tensor value = loss().of(prediction.value(), Tensor.of(2, 2, 2, 3));
      assertThat(tape.backward(value).of(prediction).toArray())
          .containsExactly(-0.25, 0.25, 0, -0.25);
    }
  }
}
