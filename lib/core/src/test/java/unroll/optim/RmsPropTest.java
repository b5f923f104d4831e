package unroll.optim;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RmsPropTest extends OptimizerContract {

  @Override
  OptimizerFactory factory() {
    return RmsProp.defaults();
  }

  @Override
  double rate(Valley valley) {
    return valley == Valley.PARABOLA ? 0.005 : 0.002;
  }

  @Override
  double tolerance(Valley valley) {
    return valley == Valley.PARABOLA ? 1e-9 : 0.01;
  }

  @Test
  void settingsThatMakeNoSense_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RmsProp.defaults().alpha(1))
        .withMessage("RmsProp: alpha must be at least 0 and less than 1, got 1.0");
  }
}
