package unroll.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Operation;
import unroll.tensor.Tensor;

@OnBackend("ejml")
class GradientCheckTest {

  private final Parameter p = Parameter.of("p", Tensor.of(0.5, -0.25, 2));
  private final Parameter q = Parameter.of("q", Tensor.of(1, 2, 3));

  /** y = x², with a gradient that is the true one times some factors. */
  private record Square(double... factors) implements Operation.OfOne {
    @Override
    public String name() {
      return "square";
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.times(x);
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return g.times(x).times(2).times(Tensor.of(factors));
    }
  }

  private GradientCheck.Result check(double... factors) {
    return GradientCheck.check(
        List.of(q, p), () -> Operation.apply(new Square(factors), p.value()).sum());
  }

  @Test
  void rightGradient_passes() {
    assertThat(check(1, 1, 1)).matches(GradientCheck.Result::passes);
  }

  @Test
  void wrongElement_isNamed() {
    GradientCheck.Result result = check(1, 1.5, 1.01);
    assertThat(result.passes()).isFalse();
    assertThat(result.parameter()).isEqualTo("p");
    assertThat(result.index()).isEqualTo(1);
    assertThat(result.expected()).isBetween(-0.5001, -0.4999);
    assertThat(result.actual()).isEqualTo(-0.75);
    assertThat(result.error()).isBetween(0.2499, 0.2501);
  }

  @Test
  void lossThatDraws_isTheSameInEveryEvaluation() {
    Generator generator = Generator.of(3);
    GradientCheck.Result result =
        Generator.with(
            generator,
            () ->
                GradientCheck.check(
                    List.of(p),
                    () -> {
                      double drawn = Generator.current().nextGaussian();
                      return p.value().times(p.value()).times(drawn).sum();
                    }));
    assertThat(result.passes()).isTrue();
    assertThat(result.expected()).isNotZero();
    Generator once = Generator.of(3);
    once.nextGaussian();
    assertThat(generator.state()).isEqualTo(once.state());
  }

  @Test
  void errorJustOverTheLimit_fails() {
    assertThat(check(1, 1, 1 + 2e-6).passes()).isFalse();
    assertThat(check(1, 1, 1 + 5e-7).passes()).isTrue();
  }

  @Test
  void gradientThatIsNotANumber_failsWhateverComesAfterIt() {
    for (int i = 0; i < 3; i++) {
      double[] factors = {1, 1, 1};
      factors[i] = Double.NaN;
      GradientCheck.Result result = check(factors);
      assertThat(result.passes()).isFalse();
      assertThat(result.parameter()).isEqualTo("p");
      assertThat(result.index()).isEqualTo(i);
    }
  }

  @Test
  void infiniteGradient_fails() {
    assertThat(check(1, Double.POSITIVE_INFINITY, 1).passes()).isFalse();
  }

  @Test
  void missingGradient_countsAsZero() {
    GradientCheck.Result result =
        GradientCheck.check(List.of(p, q), () -> p.value().plus(q.value().detach().times(3)).sum());
    assertThat(result.parameter()).isEqualTo("q");
    assertThat(result.actual()).isZero();
    assertThat(result.expected()).isBetween(2.999, 3.001);
  }

  @Test
  void parameters_arePutBack() {
    check(1, 1, 1);
    assertThat(p.value().toArray()).containsExactly(0.5, -0.25, 2);
    int[] calls = {0};
    assertThatThrownBy(
            () ->
                GradientCheck.check(
                    List.of(p),
                    () -> {
                      if (++calls[0] == 3) {
                        throw new IllegalStateException("third call");
                      }
                      return p.value().sum();
                    }))
        .hasMessage("third call");
    assertThat(p.value().toArray()).containsExactly(0.5, -0.25, 2);
  }

  @Test
  void singlePrecision_isRefused() {
    OnBackend.Switch.run(
        "cpu",
        () -> {
          Parameter single = Parameter.of("weight", Tensor.of(1, 2));
          assertThatIllegalArgumentException()
              .isThrownBy(() -> GradientCheck.check(List.of(single), () -> single.value().sum()))
              .withMessageContaining("weight lives on cpu, which is float32; use the ejml backend");
        });
  }

  @Test
  void noParameters_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GradientCheck.check(List.of(), () -> p.value().sum()))
        .withMessage("GradientCheck: there is no parameter to check");
  }

  @Test
  void parameter_keepsItsOwnNumbersAndItsLength() {
    Tensor initial = Tensor.of(1, 2);
    Parameter parameter = Parameter.of("w", initial);
    parameter.set(new double[] {5, 6});
    assertThat(initial.toArray()).containsExactly(1, 2);
    assertThat(parameter.value().toArray()).containsExactly(5, 6);
    assertThat(parameter).hasToString("w [2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parameter.set(new double[3]))
        .withMessage("Parameter.set: w has shape [2], got 3 numbers");
    assertThat(Arrays.stream(parameter.value().toArray()).sum()).isEqualTo(11);
  }
}
