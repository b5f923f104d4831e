package unroll.optim;

class SgdMomentumTest extends OptimizerContract {

  @Override
  OptimizerFactory factory() {
    return Sgd.momentum(0.9);
  }

  @Override
  double rate(Valley valley) {
    return valley == Valley.PARABOLA ? 0.05 : 0.001;
  }

  @Override
  double tolerance(Valley valley) {
    return 1e-8;
  }
}
