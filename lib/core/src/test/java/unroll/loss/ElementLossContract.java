package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** What every loss does that compares a prediction with a target of its shape. */
abstract class ElementLossContract extends LossContract {

  /** What is tested. */
  abstract Loss loss();

  /** What errors call it. */
  abstract String name();

  /** The loss of one element, in plain Java. */
  abstract double element(double prediction, double target);

  /** A target, from a number between -1 and 1. */
  double target(double drawn) {
    return drawn * 2;
  }

  private Tensor targets(int[] examples) {
    double[] targets =
        Arrays.stream(examples)
            .boxed()
            .flatMapToDouble(e -> IntStream.range(0, WIDTH).mapToDouble(i -> target(drawn(e, i))))
            .toArray();
    return Tensor.of(targets, examples.length, WIDTH);
  }

  @Override
  Tensor loss(Tensor prediction, int[] examples, Tensor mask) {
    return loss().of(prediction, targets(examples), mask);
  }

  @Override
  double expected(double[] prediction, int example) {
    double sum = 0;
    for (int i = 0; i < WIDTH; i++) {
      sum += element(prediction[i], target(drawn(example, i)));
    }
    return sum / WIDTH;
  }

  static Stream<int[]> shapes() {
    return Stream.of(new int[] {}, new int[] {1}, new int[] {3}, new int[] {4, 2, 3});
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyShape_isAMeanOfElementsWithGradientsByBoth(int[] shape) {
    Samples samples = Samples.of(2);
    Parameter prediction = samples.parameter(-3, 3, shape);
    Parameter target =
        Parameter.of(
            "target",
            Tensor.of(
                Arrays.stream(samples.values(prediction.shape().length(), -1, 1))
                    .map(this::target)
                    .toArray(),
                shape));
    double[] p = prediction.value().toArray();
    double[] t = target.value().toArray();
    double mean =
        IntStream.range(0, p.length).mapToDouble(i -> element(p[i], t[i])).sum() / p.length;
    assertThat(loss().of(prediction.value(), target.value()).item()).isCloseTo(mean, within(1e-13));
    GradientCheck.Result worst =
        GradientCheck.check(
            List.of(prediction, target), () -> loss().of(prediction.value(), target.value()));
    assertThat(worst.error()).as("%s", worst).isLessThan(1e-8);
  }

  @Test
  void maskOfEveryElement_leavesSingleElementsOut() {
    Tensor prediction = Tensor.of(new double[][] {{0.5, Double.NaN}, {-2, 1}});
    Tensor target = Tensor.of(new double[][] {{1, 0}, {0, Double.NaN}});
    Tensor mask = Tensor.of(new double[][] {{1, 0}, {1, 0}});
    assertThat(loss().of(prediction, target, mask).item())
        .isCloseTo((element(0.5, 1) + element(-2, 0)) / 2, within(1e-14));
  }

  @Test
  void nothing_isNotANumber() {
    assertThat(loss().of(Tensors.zeros(0, 2), Tensors.zeros(0, 2)).item()).isNaN();
  }

  @Test
  void shapesThatWouldBroadcast_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss().of(Tensors.zeros(4, 1), Tensors.zeros(4)))
        .withMessage(name() + ": prediction and target must have one shape, got [4, 1] and [4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss().of(Tensors.zeros(4, 1), Tensors.zeros(4), Tensor.of(1, 1, 0, 1)))
        .withMessageContaining("must have one shape");
  }
}
