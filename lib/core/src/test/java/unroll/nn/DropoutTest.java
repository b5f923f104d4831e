package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class DropoutTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 0.8})
  void inATape_dropsThatPartAndKeepsTheExpectation(double p) {
    Generator.seed(7);
    int n = 20_000;
    try (Tape tape = Tape.open()) {
      double[] y = Dropout.of(p).apply(Tensors.ones(100, 200)).toArray();
      double kept = Arrays.stream(y).filter(x -> x != 0).count() / (double) n;
      double deviation = Math.sqrt(p * (1 - p) / n);
      assertThat(kept).isBetween(1 - p - 4 * deviation, 1 - p + 4 * deviation);
      assertThat(Arrays.stream(y).filter(x -> x != 0))
          .allSatisfy(x -> assertThat(x).isEqualTo(1 / (1 - p)));
      double mean = Arrays.stream(y).sum() / n;
      assertThat(mean).isBetween(1 - 4 * deviation / (1 - p), 1 + 4 * deviation / (1 - p));
    }
  }

  @Test
  void withoutATape_isTheInputAndDrawsNothing() {
    Tensor input = Samples.of(1).tensor(3, 4);
    Generator.State before = Generator.session().state();
    assertThat(Dropout.of(0.5).apply(input)).isSameAs(input);
    try (Tape tape = Tape.open()) {
      assertThat(Dropout.of(0).apply(input)).isSameAs(input);
    }
    assertThat(Generator.session().state()).isEqualTo(before);
  }

  @Test
  void inABlankTape_isTheInput() {
    Tensor input = Samples.of(1).tensor(3, 4);
    try (Tape tape = Tape.blank()) {
      assertThat(Dropout.of(0.5).apply(input)).isSameAs(input);
    }
  }

  @Test
  void drawsFromTheCurrentGenerator() {
    Generator mine = Generator.of(5);
    Generator.State before = Generator.session().state();
    try (Tape tape = Tape.open()) {
      Generator.with(mine, () -> Dropout.of(0.5).apply(Tensors.ones(3, 4)));
    }
    assertThat(Generator.session().state()).isEqualTo(before);
    assertThat(mine.state()).isNotEqualTo(Generator.of(5).state());
  }

  @Test
  void gradient_hasTheSameMask() {
    Parameter input = Samples.of(2).parameter(6, 7);
    try (Tape tape = Tape.open()) {
      Tensor y = Dropout.of(0.4).apply(input.value());
      double[] mask = y.dividedBy(input.value()).toArray();
      double[] gradient = tape.backward(y.sum()).of(input).toArray();
      assertThat(gradient).usingComparatorWithPrecision(1e-14).containsExactly(mask);
      assertThat(gradient).contains(0.0, 1 / 0.6);
    }
  }

  @Test
  void mask_comesAgainFromTheSameSeedAndIsNewEachTime() {
    Tensor ones = Tensors.ones(50);
    try (Tape tape = Tape.open()) {
      Generator.seed(3);
      double[] first = Dropout.of(0.5).apply(ones).toArray();
      double[] second = Dropout.of(0.5).apply(ones).toArray();
      Generator.seed(3);
      assertThat(Dropout.of(0.5).apply(ones).toArray()).containsExactly(first);
      assertThat(second).isNotEqualTo(first);
    }
  }

  @Test
  void anyShape_isKept() {
    Dropout layer = Dropout.of(0.3);
    try (Tape tape = Tape.open()) {
      for (int[] shape : new int[][] {{}, {0}, {1}, {2, 0, 3}, {2, 3, 4}}) {
        assertThat(layer.apply(Tensors.ones(shape)).shape()).isEqualTo(Shape.of(shape));
        assertThat(layer.outputShape(Shape.of(shape))).isEqualTo(Shape.of(shape));
      }
    }
    assertThat(layer.parameters()).isEmpty();
    assertThat(layer).hasToString("Dropout 0.3");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
  void noProbability_isRefused(double p) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dropout.of(p))
        .withMessage("Dropout: the probability must be at least 0 and less than 1, got " + p);
  }
}
