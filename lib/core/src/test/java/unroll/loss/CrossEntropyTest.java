package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class CrossEntropyTest {

  private static final int[] TARGETS = {2, 0, 1, 2, 0, 0};

  @ParameterizedTest
  @CsvSource({"ejml, 1e-14", "cpu, 1e-6"})
  void value_isTheMeanSurprise(String backend, double tolerance) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor logits = Samples.of(1).tensor(2, 3, 3).times(4);
          double[] x = logits.toArray();
          double sum = 0;
          for (int row = 0; row < 6; row++) {
            double all = 0;
            for (int c = 0; c < 3; c++) {
              all += Math.exp(x[row * 3 + c]);
            }
            sum -= Math.log(Math.exp(x[row * 3 + TARGETS[row]]) / all);
          }
          Tensor loss = CrossEntropy.of(logits, TARGETS);
          assertThat(loss.shape().rank()).isZero();
          assertThat(loss.item()).isCloseTo(sum / 6, within(tolerance * 10));
        });
  }

  @Test
  void gradient_agreesWithCentralDifferences() {
    Parameter logits = Samples.of(2).parameter(6, 3);
    GradientCheck.Result worst =
        GradientCheck.check(
            List.of(logits), () -> CrossEntropy.of(logits.value(), TARGETS).times(5));
    assertThat(worst.error()).isLessThan(1e-9);
  }

  @Test
  void twoBackwards_giveTheSame() {
    Parameter logits = Samples.of(3).parameter(6, 3);
    try (Tape tape = Tape.open()) {
      Tensor loss = CrossEntropy.of(logits.value(), TARGETS);
      double[] first = tape.backward(loss).of(logits).toArray();
      assertThat(tape.backward(loss).of(logits).toArray()).containsExactly(first);
    }
  }

  @ParameterizedTest
  @CsvSource({"ejml", "cpu"})
  void largeLogits_neitherOverflowNorVanish(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor logits = Tensor.of(new double[][] {{1000, 0}, {-1000, -1000}});
          assertThat(CrossEntropy.of(logits, 0, 1).item()).isCloseTo(Math.log(2) / 2, within(1e-6));
          assertThat(CrossEntropy.of(logits, 1, 1).item())
              .isCloseTo((1000 + Math.log(2)) / 2, within(1e-3));
        });
  }

  @Test
  void oneClass_isNoSurprise() {
    assertThat(CrossEntropy.of(Tensors.ones(2, 1), 0, 0).item()).isZero();
  }

  @Test
  void wrongTargets_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.of(Tensors.zeros(2, 3), 0))
        .withMessage("crossEntropy: logits [2, 3] need one target a row, got 1");
    for (int target : new int[] {-1, 3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CrossEntropy.of(Tensors.zeros(2, 3), 0, target))
          .withMessage("crossEntropy: targets must be from 0 to 2, got " + target);
    }
  }
}
