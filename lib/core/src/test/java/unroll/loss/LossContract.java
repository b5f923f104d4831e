package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** What every loss does: a mean over examples, each with a prediction of {@link #WIDTH} numbers. */
@OnBackend("ejml")
abstract class LossContract {

  /** The numbers that are predicted of each example. */
  static final int WIDTH = 3;

  /**
   * The loss of some examples.
   *
   * @param prediction [number of examples, WIDTH]
   * @param examples which they are; each has its own target, drawn from its number
   * @param mask one a example, or null
   */
  abstract Tensor loss(Tensor prediction, int[] examples, Tensor mask);

  /** The same for one example, in a plain loop. */
  abstract double expected(double[] prediction, int example);

  /** What the mean divides by for one example. */
  double weight(int example) {
    return 1;
  }

  /** A number from -1 to 1 that belongs to an example. */
  static double drawn(int example, int place) {
    return StrictMath.sin(12.9898 * example + 78.233 * place + 1);
  }

  private static int[] first(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static Tensor prediction(int count) {
    return Samples.of(count).tensor(count, WIDTH).times(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void value_isThatOfAPlainLoop(int count) {
    for (String backend : List.of("ejml", "cpu")) {
      OnBackend.Switch.run(
          backend,
          () -> {
            Tensor prediction = prediction(count);
            double[] numbers = prediction.toArray();
            double sum = 0;
            double weights = 0;
            for (int i = 0; i < count; i++) {
              sum += expected(Arrays.copyOfRange(numbers, i * WIDTH, (i + 1) * WIDTH), i);
              weights += weight(i);
            }
            Tensor loss = loss(prediction, first(count), null);
            assertThat(loss.shape().rank()).isZero();
            double tolerance = backend.equals("cpu") ? 2e-6 : 1e-13;
            assertThat(loss.item()).isCloseTo(sum / weights, within(tolerance));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void gradient_agreesWithCentralDifferences(int count) {
    Parameter p = Parameter.of("prediction", prediction(count));
    GradientCheck.Result worst =
        GradientCheck.check(List.of(p), () -> loss(p.value(), first(count), null).times(count));
    assertThat(worst.error()).as("%s", worst).isLessThan(1e-8);
  }

  @Test
  void twoBackwards_giveTheSame() {
    Parameter p = Parameter.of("prediction", prediction(5));
    try (Tape tape = Tape.open()) {
      Tensor loss = loss(p.value(), first(5), null);
      double[] before = tape.backward(loss).of(p).toArray();
      assertThat(tape.backward(loss).of(p).toArray()).containsExactly(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void mask_isTheSameAsLeavingOut(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          int[] kept = {1, 3, 4};
          Tensor some = prediction(6).gather(kept);
          double[] numbers = prediction(6).toArray();
          for (int hidden : new int[] {0, 2, 5}) {
            Arrays.fill(numbers, hidden * WIDTH, (hidden + 1) * WIDTH, Double.NaN);
          }
          Parameter whole = Parameter.of("whole", Tensor.of(numbers, 6, WIDTH));
          Parameter part = Parameter.of("part", some);
          try (Tape tape = Tape.open()) {
            Tensor mask = Tensor.of(0, 1, 0, 1, 1, 0);
            Tensor masked = loss(whole.value(), first(6), mask);
            Tensor without = loss(part.value(), kept, null);
            assertThat(masked.item()).isFinite().isEqualTo(without.item());
            double[] ofMasked = tape.backward(masked).of(whole).toArray();
            double[] ofWithout = tape.backward(without).of(part).toArray();
            double[] scattered = new double[6 * WIDTH];
            for (int i = 0; i < kept.length; i++) {
              System.arraycopy(ofWithout, i * WIDTH, scattered, kept[i] * WIDTH, WIDTH);
            }
            assertThat(ofMasked).containsExactly(scattered);
          }
        });
  }

  @Test
  void maskOfOnes_isNoMask() {
    Tensor prediction = prediction(4);
    double all = loss(prediction, first(4), Tensor.of(1, 1, 1, 1)).item();
    assertThat(all).isEqualTo(loss(prediction, first(4), null).item());
  }

  @Test
  void gradientThroughAMask_agreesWithCentralDifferences() {
    Parameter p = Parameter.of("prediction", prediction(5));
    Tensor mask = Tensor.of(1, 0, 0, 1, 1);
    GradientCheck.Result worst =
        GradientCheck.check(List.of(p), () -> loss(p.value(), first(5), mask));
    assertThat(worst.error()).as("%s", worst).isLessThan(1e-8);
  }

  @Test
  void masksThatMakeNoSense_areNamed() {
    Tensor prediction = prediction(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss(prediction, first(3), Tensor.of(0, 0, 0)))
        .withMessageContaining("the mask leaves nothing of [3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss(prediction, first(3), Tensor.of(1, 0.5, 0)))
        .withMessageContaining("a mask must be of zeros and ones, got 0.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss(prediction, first(3), Tensor.of(1, 0)))
        .withMessageContaining("got [2]");
  }

  @Test
  void numberThatIsNone_staysVisible() {
    double[] numbers = prediction(3).toArray();
    numbers[4] = Double.NaN;
    assertThat(
            loss(Tensor.of(numbers, Shape.of(3, WIDTH), prediction(1).backend()), first(3), null)
                .item())
        .isNaN();
  }

  @Test
  void smallStepDown_lowersTheLoss() {
    Parameter p = Parameter.of("prediction", prediction(6));
    double before = loss(p.value(), first(6), null).item();
    for (int i = 0; i < 20; i++) {
      try (Tape tape = Tape.open()) {
        Gradients gradients = tape.backward(loss(p.value(), first(6), null));
        p.set(p.value().detach().minus(gradients.of(p).times(0.05)).toArray());
      }
    }
    assertThat(loss(p.value(), first(6), null).item()).isLessThan(before);
  }
}
