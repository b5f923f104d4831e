package unroll.optim;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AdagradTest extends OptimizerContract {

  @Override
  OptimizerFactory factory() {
    return Adagrad.defaults();
  }

  @Override
  double rate(Valley valley) {
    return 1;
  }

  @Override
  double tolerance(Valley valley) {
    return valley == Valley.PARABOLA ? 1e-9 : 0.02;
  }

  @Test
  void epsilonOfZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Adagrad(0))
        .withMessage("Adagrad: epsilon must be positive and finite, got 0.0");
  }
}
