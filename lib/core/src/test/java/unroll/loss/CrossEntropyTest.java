package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
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

class CrossEntropyTest extends LossContract {

  private static final int[] TARGETS = {2, 0, 1, 2, 0, 0};

  private static int target(int example) {
    return (int) (1.5 * (1 + drawn(example, 0)));
  }

  private static int[] targets(int[] examples) {
    return Arrays.stream(examples).map(CrossEntropyTest::target).toArray();
  }

  @Override
  Tensor loss(Tensor prediction, int[] examples, Tensor mask) {
    return mask == null
        ? CrossEntropy.of(prediction, targets(examples))
        : CrossEntropy.of(prediction, targets(examples), mask);
  }

  @Override
  double expected(double[] logits, int example) {
    return surprise(logits, target(example));
  }

  /** -ln p[c]. */
  private static double surprise(double[] logits, int c) {
    return Math.log(Arrays.stream(logits).map(Math::exp).sum()) - logits[c];
  }

  /** The same contract with all settings. */
  @Nested
  class WithSettings extends LossContract {

    private static final double[] WEIGHTS = {0.5, 2, 1.25};

    private final CrossEntropy settings = CrossEntropy.defaults().smoothing(0.3).weights(WEIGHTS);

    @Override
    Tensor loss(Tensor prediction, int[] examples, Tensor mask) {
      return settings.loss(prediction, targets(examples), mask);
    }

    @Override
    double expected(double[] logits, int example) {
      int target = target(example);
      double even = 0;
      for (int c = 0; c < WIDTH; c++) {
        even += WEIGHTS[c] * surprise(logits, c);
      }
      return 0.7 * WEIGHTS[target] * surprise(logits, target) + 0.3 / WIDTH * even;
    }

    @Override
    double weight(int example) {
      return WEIGHTS[target(example)];
    }
  }

  @Test
  void ignoredTargets_areLeftOut() {
    CrossEntropy settings = CrossEntropy.defaults().ignoring(-1);
    Parameter logits = Samples.of(4).parameter(2, 2, 3);
    Tensor rows = logits.value().detach().reshape(4, 3).gather(1, 3);
    try (Tape tape = Tape.open()) {
      Tensor loss = settings.loss(logits.value(), -1, 2, -1, 0);
      assertThat(loss.item()).isEqualTo(CrossEntropy.of(rows, 2, 0).item());
      double[] gradient = tape.backward(loss).of(logits).toArray();
      assertThat(Arrays.copyOfRange(gradient, 0, 3)).containsOnly(0);
      assertThat(gradient[3]).isPositive();
    }
    Tensor mask = Tensor.of(new double[][] {{1, 0}, {1, 1}});
    assertThat(settings.loss(logits.value(), new int[] {-1, 2, -1, 0}, mask).item())
        .isEqualTo(CrossEntropy.of(rows.gather(1), 0).item());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.loss(logits.value(), -1, -1, -1, -1))
        .withMessageStartingWith("crossEntropy: every target is masked or ignored");
  }

  @Test
  void settingsThatMakeNoSense_areNamed() {
    CrossEntropy settings = CrossEntropy.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.smoothing(1))
        .withMessage("CrossEntropy: smoothing must be at least 0 and less than 1, got 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.weights(1, -2))
        .withMessage("CrossEntropy: weights must be finite and not negative, got -2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.weights(1, 2).loss(Tensors.zeros(1, 3), 0))
        .withMessage("crossEntropy: logits [1, 3] need 3 weights, one a class, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.weights(0, 1).loss(Tensors.zeros(1, 2), 0))
        .withMessageStartingWith("crossEntropy: the weight of every target is 0");
  }

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
