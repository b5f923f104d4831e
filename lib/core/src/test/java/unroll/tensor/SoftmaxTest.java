package unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;

@OnBackend("ejml")
class SoftmaxTest {

  private static final int[] SIZES = {3, 4, 5};

  /** About half ones; the line at index 0 of the other axes has none. */
  private static double[] mask(int axis) {
    double[] mask = Samples.of(6).values(60, 0, 1);
    Arrays.setAll(mask, i -> at(i, axis) == 0 || mask[i] < 0.5 ? 0 : 1);
    return mask;
  }

  /** The place of an element in all axes but one, 0 for the first line. */
  private static int at(int index, int axis) {
    int[] place = {index / 20, index / 5 % 4, index % 5};
    place[axis] = 0;
    return place[0] * 20 + place[1] * 5 + place[2];
  }

  private static double[] expected(double[] x, double[] mask, int axis) {
    double[] y = new double[60];
    for (int i = 0; i < 60; i++) {
      double sum = 0;
      for (int j = 0; j < 60; j++) {
        if (at(i, axis) == at(j, axis)) {
          sum += mask[j] * Math.exp(x[j]);
        }
      }
      y[i] = mask[i] == 0 ? 0 : Math.exp(x[i]) / sum;
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"0, ejml", "1, ejml", "2, ejml", "0, cpu", "1, cpu", "2, cpu"})
  void values_asAPlainLoop(int axis, String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          double tolerance = backend.equals("cpu") ? 1e-6 : 1e-14;
          Tensor x = Samples.of(1).tensor(SIZES).times(3);
          double[] ones = new double[60];
          Arrays.fill(ones, 1);
          assertThat(Tensors.softmax(x, axis).toArray())
              .usingComparatorWithPrecision(tolerance)
              .containsExactly(expected(x.toArray(), ones, axis));
          double[] mask = mask(axis);
          double[] y = Tensors.softmax(x, axis, Tensor.of(mask, SIZES)).toArray();
          assertThat(y)
              .usingComparatorWithPrecision(tolerance)
              .containsExactly(expected(x.toArray(), mask, axis));
          for (int i = 0; i < 60; i++) {
            assertThat(y[i] == 0).isEqualTo(mask[i] == 0);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "-1"})
  void gradient_agreesWithCentralDifferences(int axis) {
    Parameter x = Samples.of(2).parameter(SIZES);
    Tensor mask = Tensor.of(mask((axis + 3) % 3), SIZES);
    assertThat(Samples.check(List.of(x), v -> Tensors.softmax(v.get(0), axis)))
        .satisfies(worst -> assertThat(worst.error()).isLessThan(1e-8))
        .matches(GradientCheck.Result::passes);
    assertThat(Samples.check(List.of(x), v -> Tensors.softmax(v.get(0), axis, mask)).error())
        .isLessThan(1e-8);
  }

  @Test
  void gradient_ofWhatIsMaskedIsExactlyZero() {
    Parameter x = Parameter.of("x", Tensor.of(1, 500, -2));
    try (Tape tape = Tape.open()) {
      Tensor y = Tensors.softmax(x.value(), 0, Tensor.of(1, 0, 1));
      double[] gradient = tape.backward(Samples.weigh(y)).of(x).toArray();
      assertThat(gradient[1]).isEqualTo(0.0);
      assertThat(gradient[0]).isNotEqualTo(0.0);
    }
  }

  @Test
  void largeScores_overflowNowhere() {
    for (String backend : List.of("ejml", "cpu")) {
      OnBackend.Switch.run(
          backend,
          () -> {
            assertThat(Tensors.softmax(Tensor.of(1e4, 1e4, -1e4), 0).toArray())
                .containsExactly(0.5, 0.5, 0);
            assertThat(Tensors.softmax(Tensor.of(1e4, -1e4, -1e4), 0, Tensor.of(0, 1, 1)).toArray())
                .containsExactly(0, 0.5, 0.5);
          });
    }
  }

  @Test
  void sizesZeroAndOne() {
    assertThat(Tensors.softmax(Tensors.zeros(2, 0), 1).shape()).isEqualTo(Shape.of(2, 0));
    assertThat(Tensors.softmax(Tensors.zeros(0, 2), 1).shape()).isEqualTo(Shape.of(0, 2));
    assertThat(Tensors.softmax(Tensor.of(-3.0), 0).toArray()).containsExactly(1);
    assertThat(Tensors.softmax(Tensor.of(-3.0), 0, Tensor.of(0.0)).toArray()).containsExactly(0);
  }

  @Test
  void maskOfAnotherShape_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensors.softmax(Tensors.zeros(2, 3), 0, Tensors.ones(3)))
        .withMessage("softmax: mask must be [2, 3] as the scores, got [3]");
  }
}
