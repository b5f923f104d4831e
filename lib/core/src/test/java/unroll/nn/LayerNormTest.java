package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
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
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class LayerNormTest {

  private static final int FEATURES = 4;

  static Stream<int[]> inputs() {
    return Stream.of(
        new int[] {4}, new int[] {1, 4}, new int[] {3, 4}, new int[] {2, 3, 4}, new int[] {0, 4});
  }

  private static LayerNorm layer() {
    LayerNorm layer = LayerNorm.of(FEATURES);
    Samples.of(1).redraw(layer.parameters().values(), -1, 1);
    return layer;
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void output_asAScalarLoop(int[] shape) {
    for (String backend : List.of("ejml", "cpu")) {
      OnBackend.Switch.run(
          backend,
          () -> {
            Tensor input = Samples.of(2).tensor(shape).times(3).plus(1);
            Tensor output = layer().apply(input);
            assertThat(output.shape()).isEqualTo(input.shape());
            assertThat(output.toArray())
                .usingComparatorWithPrecision(backend.equals("cpu") ? 1e-5 : 1e-13)
                .containsExactly(equation(layer(), input.toArray()));
          });
    }
  }

  private static double[] equation(LayerNorm layer, double[] x) {
    double[] weight = layer.parameters().get("weight").value().toArray();
    double[] bias = layer.parameters().get("bias").value().toArray();
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row += FEATURES) {
      double mean = 0;
      for (int i = 0; i < FEATURES; i++) {
        mean += x[row + i] / FEATURES;
      }
      double variance = 0;
      for (int i = 0; i < FEATURES; i++) {
        variance += (x[row + i] - mean) * (x[row + i] - mean) / FEATURES;
      }
      for (int i = 0; i < FEATURES; i++) {
        y[row + i] = (x[row + i] - mean) / Math.sqrt(variance + 1e-5) * weight[i] + bias[i];
      }
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void gradient_byInputWeightAndBias(int[] shape) {
    LayerNorm layer = layer();
    Parameter input = Samples.of(3).parameter(shape);
    List<Parameter> all = new ArrayList<>(layer.parameters().values());
    all.add(input);
    GradientCheck.Result worst =
        GradientCheck.check(all, () -> Samples.weigh(layer.apply(input.value())));
    assertThat(worst.error()).as(worst.toString()).isLessThan(1e-8);
  }

  @Test
  void oneFeature_isTheBias() {
    LayerNorm layer = LayerNorm.of(1);
    layer.parameters().get("bias").set(new double[] {0.5});
    assertThat(layer.apply(Tensor.of(new double[][] {{3}, {-8}})).toArray())
        .containsExactly(0.5, 0.5);
  }

  @Test
  void twoBackwards_giveTheSame() {
    LayerNorm layer = layer();
    Parameter input = Samples.of(4).parameter(3, 4);
    try (Tape tape = Tape.open()) {
      Tensor loss = Samples.weigh(layer.apply(input.value()));
      double[] first = tape.backward(loss).of(input).toArray();
      assertThat(tape.backward(loss).of(input).toArray()).containsExactly(first);
    }
  }

  @Test
  void start_isScaleOneAndShiftZero() {
    LayerNorm layer = LayerNorm.of(2);
    assertThat(layer.parameters().keySet()).containsExactly("weight", "bias");
    assertThat(layer.parameters().get("weight").value().toArray()).containsExactly(1, 1);
    assertThat(layer.parameters().get("bias").value().toArray()).containsExactly(0, 0);
    assertThat(layer.outputShape(Shape.of(5, 2))).isEqualTo(Shape.of(5, 2));
  }

  @Test
  void wrongInput_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer().apply(Tensors.zeros(4, 5)))
        .withMessage("LayerNorm: input must be [..., 4], got [4, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer().apply(Tensors.one()))
        .withMessageContaining("got []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerNorm.of(0))
        .withMessage("LayerNorm: features must be at least 1, got 0");
  }
}
