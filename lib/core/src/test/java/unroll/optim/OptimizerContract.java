package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** What every optimizer does. */
@OnBackend("ejml")
abstract class OptimizerContract {

  /** Functions of two numbers with one lowest point. */
  enum Valley {
    /** (x - 3)² + 4 (y + 1)². */
    PARABOLA(3, -1, -2, 2) {
      @Override
      Tensor height(Tensor x, Tensor y) {
        return Tensors.square(x.minus(3)).plus(Tensors.square(y.plus(1)).times(4));
      }
    },
    /** (1 - x)² + 100 (y - x²)². */
    ROSENBROCK(1, 1, -1.2, 1) {
      @Override
      Tensor height(Tensor x, Tensor y) {
        return Tensors.square(x.minus(1))
            .plus(Tensors.square(y.minus(Tensors.square(x))).times(100));
      }
    };

    final double lowestX;
    final double lowestY;
    final double startX;
    final double startY;

    Valley(double x, double y, double startX, double startY) {
      this.lowestX = x;
      this.lowestY = y;
      this.startX = startX;
      this.startY = startY;
    }

    abstract Tensor height(Tensor x, Tensor y);

    Tensor height(Parameter at) {
      return height(at.value().get(0), at.value().get(1));
    }
  }

  /** What is tested. */
  abstract OptimizerFactory factory();

  /** A learning rate with which it finds a valley in 5,000 steps. */
  abstract double rate(Valley valley);

  /** How near it comes. */
  double tolerance(Valley valley) {
    return 1e-3;
  }

  private Optimizer optimizer(Collection<Parameter> parameters) {
    return factory().of(parameters, 1e-4);
  }

  private static void walk(Optimizer optimizer, Parameter at, Valley valley, int steps) {
    for (int i = 0; i < steps; i++) {
      try (Tape tape = Tape.open()) {
        optimizer.step(tape.backward(valley.height(at)));
      }
    }
  }

  private static Parameter start(Valley valley) {
    return Parameter.of("at", Tensor.of(valley.startX, valley.startY));
  }

  @ParameterizedTest
  @EnumSource
  void walk_endsInTheValley(Valley valley) {
    Parameter at = start(valley);
    walk(factory().of(List.of(at), rate(valley)), at, valley, 5_000);
    double tolerance = tolerance(valley);
    assertThat(at.value().toArray()[0]).isCloseTo(valley.lowestX, within(tolerance));
    assertThat(at.value().toArray()[1]).isCloseTo(valley.lowestY, within(tolerance));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void firstStep_goesDown(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          for (Valley valley : Valley.values()) {
            Parameter at = start(valley);
            double before = valley.height(at).item();
            walk(optimizer(List.of(at)), at, valley, 1);
            assertThat(valley.height(at).item()).isLessThan(before);
          }
        });
  }

  @Test
  void sameStart_sameBits() {
    double[][] ends = new double[2][];
    for (int run = 0; run < 2; run++) {
      Parameter at = start(Valley.ROSENBROCK);
      walk(optimizer(List.of(at)), at, Valley.ROSENBROCK, 50);
      ends[run] = at.value().toArray();
    }
    assertThat(ends[0]).containsExactly(ends[1]);
  }

  @Test
  void parameterWithoutGradient_staysAsItIs() {
    Parameter used = start(Valley.PARABOLA);
    Parameter unused = Parameter.of("unused", Tensor.of(7, 8));
    walk(optimizer(List.of(used, unused)), used, Valley.PARABOLA, 3);
    assertThat(unused.value().toArray()).containsExactly(7, 8);
    assertThat(used.value().toArray()[0]).isNotEqualTo(Valley.PARABOLA.startX);
  }

  @Test
  void scale_isTheSameAsSmallerGradients() {
    Parameter scaled = start(Valley.PARABOLA);
    Parameter smaller = start(Valley.PARABOLA);
    Optimizer ofScaled = optimizer(List.of(scaled));
    Optimizer ofSmaller = optimizer(List.of(smaller));
    for (int i = 0; i < 5; i++) {
      double scale = 1.0 / (1 << i);
      try (Tape tape = Tape.open()) {
        Gradients gradients = tape.backward(Valley.PARABOLA.height(scaled));
        double[] before = gradients.of(scaled).toArray();
        ofScaled.step(gradients, scale);
        assertThat(gradients.of(scaled).toArray()).containsExactly(before);
        ofSmaller.step(tape.backward(Valley.PARABOLA.height(smaller).times(scale)));
      }
    }
    assertThat(scaled.value().toArray()).containsExactly(smaller.value().toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "cpu"})
  void loadedState_continuesToTheBit(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Parameter whole = start(Valley.ROSENBROCK);
          Optimizer undisturbed = optimizer(List.of(whole));
          walk(undisturbed, whole, Valley.ROSENBROCK, 7);
          undisturbed.learningRate(undisturbed.learningRate() / 3);
          Map<String, Tensor> state = undisturbed.state();
          Parameter resumed = Parameter.of("at", whole.value());
          walk(undisturbed, whole, Valley.ROSENBROCK, 5);

          Optimizer other = optimizer(List.of(resumed));
          other.load(state);
          assertThat(other.learningRate()).isEqualTo(undisturbed.learningRate());
          walk(other, resumed, Valley.ROSENBROCK, 5);
          assertThat(resumed.value().toArray()).containsExactly(whole.value().toArray());
          assertSame(other.state(), undisturbed.state());
        });
  }

  private static void assertSame(Map<String, Tensor> some, Map<String, Tensor> others) {
    assertThat(some.keySet()).isEqualTo(others.keySet());
    some.forEach(
        (name, tensor) ->
            assertThat(tensor.toArray()).as(name).containsExactly(others.get(name).toArray()));
  }

  @Test
  void stateOfAnother_isRefusedAndChangesNothing() {
    Optimizer optimizer = optimizer(List.of(start(Valley.PARABOLA)));
    Map<String, Tensor> before = optimizer.state();
    Map<String, Tensor> lacking = new HashMap<>(before);
    lacking.remove("steps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.load(lacking))
        .withMessageEndingWith(
            ".load: the state lacks steps; is it of another optimizer or model?");
    Map<String, Tensor> more = new HashMap<>(before);
    more.put("9.other", Tensor.of(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.load(more))
        .withMessageContaining("has an unknown 9.other");
    Parameter larger = Parameter.of("larger", Tensor.of(1, 2, 3));
    Map<String, Tensor> wrong = optimizer(List.of(larger, start(Valley.PARABOLA))).state();
    wrong.keySet().retainAll(before.keySet());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.load(wrong))
        .withMessageContaining("a state of another model?");
    assertSame(optimizer.state(), before);
  }

  @Test
  void learningRate_mayBecomeZeroButNotNegative() {
    Parameter at = start(Valley.PARABOLA);
    Optimizer optimizer = optimizer(List.of(at));
    optimizer.learningRate(0);
    walk(optimizer, at, Valley.PARABOLA, 2);
    assertThat(at.value().toArray())
        .containsExactly(Valley.PARABOLA.startX, Valley.PARABOLA.startY);
    for (double rate : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> optimizer.learningRate(rate))
          .withMessageEndingWith("learningRate must be finite and not negative, got " + rate);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-3, Double.NaN, Double.POSITIVE_INFINITY})
  void learningRateThatIsNotPositive_isRefused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> factory().of(List.of(), rate))
        .withMessageEndingWith(": learningRate must be positive and finite, got " + rate);
  }

  @Test
  void noParameters_noStep() {
    Optimizer optimizer = optimizer(List.of());
    optimizer.step(Gradients.of(Map.of()), 0.5);
    optimizer.load(optimizer.state());
    assertThat(optimizer.state()).containsOnlyKeys("learning_rate", "steps");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5})
  void steadyState_allocatesNoBuffers(double scale) {
    OnBackend.Switch.run(
        "cpu",
        () -> {
          Parameter large = Parameter.of("large", Tensor.filled(0.5, 300, 70));
          Parameter small = Parameter.of("small", Tensor.filled(0.5, 3));
          Parameter empty = Parameter.of("empty", Tensor.of());
          Optimizer optimizer = optimizer(List.of(large, small, empty));
          try (Tape tape = Tape.open()) {
            Tensor loss = Tensors.square(large.value()).sum().plus(small.value().sum());
            Gradients gradients = tape.backward(loss.plus(empty.value().sum()));
            optimizer.step(gradients, scale);
            long bytes = large.backend().peakMemory(() -> optimizer.step(gradients, scale));
            assertThat(bytes).isZero();
          }
          assertThat(large.value().toArray()[0]).isLessThan(0.5);
        });
  }
}
