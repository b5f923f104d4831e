package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

@OnBackend("ejml")
class ActivationTest {

  @ParameterizedTest
  @EnumSource
  void output_asTheEquation(Activation f) {
    Tensor x = Samples.of(1).tensor(2, 3, 4).times(4);
    double[] in = x.toArray();
    double[] expected = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int row = i / 4 * 4;
      expected[i] =
          switch (f) {
            case TANH -> Math.tanh(in[i]);
            case SIGMOID -> 1 / (1 + Math.exp(-in[i]));
            case RELU -> Math.max(in[i], 0);
            case SOFTMAX -> Math.exp(in[i]) / Arrays.stream(in, row, row + 4).map(Math::exp).sum();
          };
    }
    assertThat(f.apply(x).toArray()).usingComparatorWithPrecision(1e-14).containsExactly(expected);
    assertThat(f.outputShape(x.shape())).isEqualTo(Shape.of(2, 3, 4)).isEqualTo(f.apply(x).shape());
    assertThat(f.parameters()).isEmpty();
    assertThat(f.inputSize()).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void gradient_agreesWithCentralDifferences(Activation f) {
    Parameter x = Samples.of(2).parameter(3, 4);
    assertThat(Samples.check(List.of(x), v -> f.apply(v.get(0))).error()).isLessThan(1e-8);
  }

  @Test
  void names() {
    assertThat(Activation.values())
        .extracting(Object::toString)
        .containsExactly("tanh", "sigmoid", "relu", "softmax");
  }
}
