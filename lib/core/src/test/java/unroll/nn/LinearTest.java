package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class LinearTest {

  static Stream<int[]> inputs() {
    return Stream.of(
        new int[] {3},
        new int[] {1, 3},
        new int[] {5, 3},
        new int[] {0, 3},
        new int[] {2, 4, 3},
        new int[] {2, 0, 3});
  }

  private static Linear linear(boolean biased) {
    Linear layer = Linear.of(3, 2, Generator.of(1));
    return biased ? layer : layer.withoutBias();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void output_asAScalarLoop(int[] shape) {
    for (String backend : List.of("ejml", "cpu")) {
      for (boolean biased : new boolean[] {true, false}) {
        OnBackend.Switch.run(
            backend, () -> checkValues(linear(biased), Samples.of(2).tensor(shape), backend));
      }
    }
  }

  private static void checkValues(Linear layer, Tensor input, String backend) {
    double[] x = input.toArray();
    double[] weight = layer.parameters().get("weight").value().toArray();
    Parameter bias = layer.parameters().get("bias");
    double[] b = bias == null ? new double[2] : bias.value().toArray();
    double[] expected = new double[x.length / 3 * 2];
    for (int row = 0; row < x.length / 3; row++) {
      for (int o = 0; o < 2; o++) {
        double y = b[o];
        for (int i = 0; i < 3; i++) {
          y += weight[o * 3 + i] * x[row * 3 + i];
        }
        expected[row * 2 + o] = y;
      }
    }
    Tensor output = layer.apply(input);
    assertThat(output.shape())
        .isEqualTo(input.shape().with(-1, 2))
        .isEqualTo(layer.outputShape(input.shape()));
    assertThat(output.toArray())
        .usingComparatorWithPrecision(backend.equals("cpu") ? 1e-6 : 1e-14)
        .containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void gradient_byInputWeightAndBias(int[] shape) {
    for (boolean biased : new boolean[] {true, false}) {
      Linear layer = linear(biased);
      Parameter input = Samples.of(3).parameter(shape);
      List<Parameter> all = new ArrayList<>(layer.parameters().values());
      all.add(input);
      assertThat(all).hasSize(biased ? 3 : 2);
      GradientCheck.Result worst =
          GradientCheck.check(all, () -> Samples.weigh(layer.apply(input.value())));
      assertThat(worst.error()).isLessThan(1e-9);
    }
  }

  @Test
  void noFeatures_outputIsTheBias() {
    Parameter x = Samples.of(4).parameter(3, 0);
    Parameter weight = Samples.of(4).parameter(2, 0);
    Parameter bias = Parameter.of("bias", Tensor.of(5, 6));
    Tensor y = Linear.apply(x.value(), weight.value(), bias.value());
    assertThat(y.shape()).isEqualTo(Shape.of(3, 2));
    assertThat(y.toArray()).containsExactly(5, 6, 5, 6, 5, 6);
    assertThat(Linear.apply(x.value(), weight.value(), null).toArray()).containsOnly(0);
    assertThat(
            GradientCheck.check(
                    List.of(x, weight, bias),
                    () -> Samples.weigh(Linear.apply(x.value(), weight.value(), bias.value())))
                .passes())
        .isTrue();
  }

  @Test
  void constantInput_hasNoGradient() {
    Linear layer = linear(true);
    Tensor input = Samples.of(5).tensor(4, 3);
    try (Tape tape = Tape.open()) {
      assertThat(tape.backward(layer.apply(input).sum()).of(input)).isNull();
    }
  }

  @Test
  void initialNumbers_areUniformAndFromTheGenerator() {
    Linear layer = Linear.of(100, 50, Generator.of(9));
    double[] weight = layer.parameters().get("weight").value().toArray();
    assertThat(Arrays.stream(weight).max().getAsDouble()).isBetween(0.099, 0.1);
    assertThat(Arrays.stream(weight).min().getAsDouble()).isBetween(-0.1, -0.099);
    assertThat(Linear.of(100, 50, Generator.of(9)).parameters().get("weight").value().toArray())
        .containsExactly(weight);
    assertThat(Linear.of(100, 50, Generator.of(8)).parameters().get("weight").value().toArray())
        .isNotEqualTo(weight);
    assertThat(layer.parameterCount()).isEqualTo(5_050);
    assertThat(layer).hasToString("Linear 100 → 50");
    assertThat(layer.inputSize()).isEqualTo(100);
    assertThat(layer.outputSize()).isEqualTo(50);
  }

  @Test
  void wrongInput_isNamed() {
    Linear layer = linear(true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.apply(Tensors.zeros(5, 4)))
        .withMessage("Linear: input must be [..., 3], got [5, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.apply(Tensors.zeros(3, 4)))
        .withMessage("Linear: input must be [..., 3], got [3, 4]; transposed?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.apply(Tensors.one()))
        .withMessage("Linear: input must be [..., 3], got []");
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "2, 0", "-1, 3"})
  void sizesBelowOne_areRefused(int inputSize, int outputSize) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Linear.of(inputSize, outputSize))
        .withMessage("Linear: sizes must be at least 1, got " + inputSize + " and " + outputSize);
  }
}
