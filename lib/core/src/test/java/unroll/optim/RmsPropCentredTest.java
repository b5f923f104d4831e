package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

class RmsPropCentredTest extends OptimizerContract {

  @Override
  OptimizerFactory factory() {
    return RmsProp.defaults().alpha(0.9).epsilon(1e-4).momentum(0.7).centred();
  }

  @Override
  double rate(Valley valley) {
    return 0.0005;
  }

  @Test
  void steadyGradientInFloat32_stepsOnWithoutNan() {
    OnBackend.Switch.run(
        "cpu",
        () -> {
          Parameter p = Parameter.of("p", Tensor.of(0, 0, 0));
          Optimizer optimizer = factory().of(List.of(p), 1e-4);
          // the variance is zero: rounding lets the mean square fall below the squared mean
          Gradients same = Gradients.of(Map.of(p, Tensor.of(0.1, -1.3, 7.7)));
          for (int i = 0; i < 300; i++) {
            optimizer.step(same);
          }
          double[] now = p.value().toArray();
          assertThat(now[0]).isNegative();
          assertThat(now[1]).isPositive();
          assertThat(now[2]).isNegative();
        });
  }
}
