package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

/** The averages themselves: {@link AsInPyTorchTest}. */
@OnBackend("cpu")
class WeightAverageTest {

  static Stream<Averaging> averagings() {
    return Stream.of(Averaging.plain(), Averaging.exponential(0.9));
  }

  @ParameterizedTest
  @MethodSource("averagings")
  void loadedState_continuesToTheBit(Averaging averaging) {
    Samples samples = Samples.of(1);
    List<Parameter> parameters =
        List.of(samples.parameter(3, 5), samples.parameter(0), samples.parameter(1));
    WeightAverage undisturbed = averaging.of(parameters);
    for (int i = 0; i < 3; i++) {
      samples.redraw(parameters, -1, 1);
      undisturbed.add();
    }
    WeightAverage resumed = averaging.of(parameters);
    resumed.load(undisturbed.state());
    samples.redraw(parameters, -1, 1);
    undisturbed.add();
    resumed.add();
    assertThat(resumed.count()).isEqualTo(4);
    undisturbed
        .state()
        .forEach(
            (name, tensor) ->
                assertThat(resumed.state().get(name).toArray()).containsExactly(tensor.toArray()));
  }

  @ParameterizedTest
  @MethodSource("averagings")
  void oneWeight_isItsOwnAverage(Averaging averaging) {
    Parameter p = Samples.of(2).parameter(4);
    double[] before = p.value().toArray();
    WeightAverage average = averaging.of(List.of(p));
    average.add();
    p.set(new double[4]);
    average.exchange();
    assertThat(p.value().toArray()).containsExactly(before);
    average.exchange();
    assertThat(p.value().toArray()).containsOnly(0);
  }

  @Test
  void addingInTheSteadyState_allocatesNothing() {
    Parameter p = Parameter.of("p", Tensor.filled(1, 1000));
    WeightAverage average = Averaging.plain().of(List.of(p));
    average.add();
    assertThat(p.backend().peakMemory(average::add)).isZero();
    assertThat(p.backend().peakMemory(average::exchange)).isZero();
  }

  @Test
  void whatMakesNoSense_isRefused() {
    WeightAverage nothing = Averaging.plain().of(List.of());
    assertThatIllegalStateException()
        .isThrownBy(nothing::exchange)
        .withMessageStartingWith("WeightAverage.exchange: no weights have been added");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> nothing.load(Map.of()))
        .withMessage(
            "WeightAverage.load: the state lacks count; is it of another optimizer or model?");
    for (double decay : new double[] {1, -0.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Averaging.exponential(decay))
          .withMessage("Averaging: decay must be at least 0 and less than 1, got " + decay);
    }
  }
}
