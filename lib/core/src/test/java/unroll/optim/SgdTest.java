package unroll.optim;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SgdTest extends OptimizerContract {

  @Override
  OptimizerFactory factory() {
    return Sgd.defaults();
  }

  @Override
  double rate(Valley valley) {
    return valley == Valley.PARABOLA ? 0.1 : 0.002;
  }

  @Override
  double tolerance(Valley valley) {
    return valley == Valley.PARABOLA ? 1e-9 : 0.02;
  }

  @Test
  void settingsThatMakeNoSense_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sgd.momentum(1))
        .withMessage("Sgd: momentum must be at least 0 and less than 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sgd.defaults().nesterov())
        .withMessage("Sgd: Nesterov's needs a momentum, got 0; Sgd.momentum(0.9).nesterov()?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sgd.defaults().weightDecay(-1))
        .withMessage("Sgd: weightDecay must be finite and not negative, got -1.0");
  }
}
