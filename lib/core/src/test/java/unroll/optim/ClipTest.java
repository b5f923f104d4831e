package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

@OnBackend("ejml")
class ClipTest {

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void globalNorm_isOfAllGradientsTogether(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Parameter a = Parameter.of("a", Tensor.of(0, 0));
          Parameter b = Parameter.of("b", Tensor.of(0.0));
          Parameter unused = Parameter.of("unused", Tensor.of(5.0));
          Parameter empty = Parameter.of("empty", Tensor.of());
          try (Tape tape = Tape.open()) {
            Tensor loss = a.value().times(Tensor.of(2, -3)).sum().plus(b.value().sum().times(6));
            Gradients gradients = tape.backward(loss.plus(empty.value().sum()));
            assertThat(Clip.globalNorm(List.of(a, b, unused, empty), gradients)).isEqualTo(7);
            assertThat(Clip.globalNorm(List.of(a), gradients))
                .isCloseTo(Math.sqrt(13), within(1e-12));
            assertThat(Clip.globalNorm(List.of(), gradients)).isZero();
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"7, 14, 1", "7, 7, 1", "7, 3.5, 0.5", "0, 1, 1", "NaN, 1, 1", "8, Infinity, 1"})
  void scale_bringsTheNormDownToTheLimit(double norm, double limit, double scale) {
    assertThat(Clip.scale(norm, limit)).isEqualTo(scale);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void limitThatIsNotPositive_isRefused(double limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.scale(1, limit))
        .withMessage("Clip.scale: limit must be positive, got " + limit);
  }

  @Test
  void clippedStep_hasTheLimitAsItsNorm() {
    Parameter p = Parameter.of("p", Tensor.of(0, 0));
    try (Tape tape = Tape.open()) {
      Gradients gradients = tape.backward(p.value().times(Tensor.of(30, -40)).sum());
      double scale = Clip.scale(Clip.globalNorm(List.of(p), gradients), 2);
      p.set(gradients.of(p).detach().times(-scale).toArray());
    }
    assertThat(p.value().toArray()[0]).isCloseTo(-1.2, within(1e-12));
    assertThat(p.value().toArray()[1]).isCloseTo(1.6, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void value_bringsEveryElementWithinTheLimit(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Parameter p = Parameter.of("p", Tensor.of(0, 0, 0, 0, 0));
          Parameter other = Parameter.of("other", Tensor.of(0.0));
          Parameter unused = Parameter.of("unused", Tensor.of(5.0));
          Parameter empty = Parameter.of("empty", Tensor.of());
          try (Tape tape = Tape.open()) {
            Tensor loss = p.value().times(Tensor.of(3, -3, 0.25, -0.25, 0.5)).sum();
            loss = loss.plus(other.value().sum()).plus(empty.value().sum());
            Gradients gradients = tape.backward(loss);
            Gradients clipped = Clip.value(List.of(p, unused, empty), gradients, 0.5);
            assertThat(clipped.of(p).toArray()).containsExactly(0.5, -0.5, 0.25, -0.25, 0.5);
            assertThat(gradients.of(p).toArray()).containsExactly(3, -3, 0.25, -0.25, 0.5);
            assertThat(clipped.of(unused)).isNull();
            assertThat(clipped.of(other)).isNull();
            assertThat(clipped.of(empty).toArray()).isEmpty();
            assertThat(Clip.value(List.of(p), gradients, Double.POSITIVE_INFINITY).of(p).toArray())
                .containsExactly(3, -3, 0.25, -0.25, 0.5);
          }
        });
  }

  @Test
  void valueThatIsNoNumber_staysVisible() {
    Parameter p = Parameter.of("p", Tensor.of(0, 0));
    Gradients gradients = Gradients.of(Map.of(p, Tensor.of(Double.NaN, 2)));
    assertThat(Clip.value(List.of(p), gradients, 1).of(p).toArray()).containsExactly(Double.NaN, 1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void valueLimitThatIsNotPositive_isRefused(double limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.value(List.of(), Gradients.of(Map.of()), limit))
        .withMessage("Clip.value: limit must be positive, got " + limit);
  }
}
