package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
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
          Parameter p = Parameter.of("p", Tensor.filled(0, 1000));
          Optimizer optimizer = factory().of(List.of(p), 1e-4);
          // the variance is zero: rounding lets the mean square fall below the squared mean
          double[] gradient = Samples.of(1).values(1000, 1e3, 1e6);
          Gradients same = Gradients.of(Map.of(p, Tensor.of(gradient)));
          for (int i = 0; i < 500; i++) {
            optimizer.step(same);
          }
          assertThat(Arrays.stream(p.value().toArray())).allMatch(value -> value < 0);
        });
  }
}
