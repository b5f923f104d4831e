package unroll.optim;

class AdamWTest extends OptimizerContract {

  @Override
  OptimizerFactory factory() {
    return AdamW.defaults().weightDecay(1e-3);
  }

  @Override
  double rate(Valley valley) {
    return valley == Valley.PARABOLA ? 0.1 : 0.02;
  }

  @Override
  double tolerance(Valley valley) {
    return 4e-3;
  }
}
