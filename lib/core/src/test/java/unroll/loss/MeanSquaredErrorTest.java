package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class MeanSquaredErrorTest {

  private final Loss loss = Loss.meanSquaredError();

  static Stream<int[]> shapes() {
    return Stream.of(new int[] {}, new int[] {1}, new int[] {3}, new int[] {4, 2, 3});
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void value_isTheMeanOfTheSquares(int[] shape) {
    for (String backend : List.of("ejml", "cpu")) {
      OnBackend.Switch.run(
          backend,
          () -> {
            Samples samples = Samples.of(1);
            Tensor prediction = samples.tensor(shape);
            Tensor target = samples.tensor(shape);
            double[] p = prediction.toArray();
            double[] t = target.toArray();
            double sum = 0;
            for (int i = 0; i < p.length; i++) {
              sum += (p[i] - t[i]) * (p[i] - t[i]);
            }
            assertThat(loss.of(prediction, target).shape().rank()).isZero();
            assertThat(loss.of(prediction, target).item())
                .isCloseTo(sum / p.length, within(backend.equals("cpu") ? 1e-6 : 1e-14));
          });
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradient_byPredictionAndTarget(int[] shape) {
    Samples samples = Samples.of(2);
    Parameter prediction = samples.parameter(shape);
    Parameter target = samples.parameter(shape);
    assertThat(
            GradientCheck.check(
                List.of(prediction, target), () -> loss.of(prediction.value(), target.value())))
        .satisfies(worst -> assertThat(worst.error()).isLessThan(1e-9));
  }

  @Test
  void gradient_isTwiceTheErrorOverTheCount() {
    Parameter prediction = Parameter.of("prediction", Tensor.of(1, 5));
    try (Tape tape = Tape.open()) {
      Tensor value = loss.of(prediction.value(), Tensor.of(2, 2));
      assertThat(value.item()).isEqualTo(5);
      assertThat(tape.backward(value).of(prediction).toArray()).containsExactly(-1, 3);
    }
  }

  @Test
  void predictionAsItsOwnTarget_isZero() {
    Tensor x = Tensor.of(1, 2, 3);
    assertThat(loss.of(x, x).item()).isZero();
  }

  @Test
  void nothing_isNotANumber() {
    assertThat(loss.of(Tensors.zeros(0, 2), Tensors.zeros(0, 2)).item()).isNaN();
  }

  @Test
  void shapesThatWouldBroadcast_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.of(Tensors.zeros(4, 1), Tensors.zeros(4)))
        .withMessage(
            "meanSquaredError: prediction and target must have one shape, got [4, 1] and [4]");
  }
}
