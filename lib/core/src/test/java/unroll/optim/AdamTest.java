package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.Tensor;

class AdamTest extends OptimizerContract {

  @Override
  OptimizerFactory factory() {
    return Adam.defaults();
  }

  @Override
  double rate(Valley valley) {
    return 0.02;
  }

  @Test
  void firstStep_isOfTheLearningRateWhateverTheGradient() {
    Parameter p = Parameter.of("p", Tensor.of(0, 0, 0));
    Optimizer adam = Adam.defaults().of(List.of(p), 0.25);
    try (Tape tape = Tape.open()) {
      adam.step(tape.backward(p.value().times(Tensor.of(1e-3, -1, 1e6)).sum()));
    }
    double[] now = p.value().toArray();
    assertThat(now[0]).isCloseTo(-0.25, within(1e-5));
    assertThat(now[1]).isCloseTo(0.25, within(1e-8));
    assertThat(now[2]).isCloseTo(-0.25, within(1e-8));
  }

  @Test
  void settingsThatMakeNoSense_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.defaults().beta1(1))
        .withMessage("Adam: beta1 must be at least 0 and less than 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.defaults().beta2(Double.NaN))
        .withMessage("Adam: beta2 must be at least 0 and less than 1, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.defaults().epsilon(-1))
        .withMessage("Adam: epsilon must be finite and not negative, got -1.0");
  }
}
