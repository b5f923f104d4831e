package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

class AdamTest extends OptimizerContract {

  @Override
  Optimizer optimizer(Collection<Parameter> parameters) {
    return Adam.defaults().of(parameters, 0.02);
  }

  /** The rows of {@code optim/adam.csv}, made by {@code generate.py} beside it. */
  private static double[][] reference() throws IOException {
    try (InputStream in = AdamTest.class.getResourceAsStream("/optim/adam.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(row -> Arrays.stream(row.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    }
  }

  @ParameterizedTest
  @CsvSource({"ejml, 1e-14", "cpu, 1e-6"})
  void twentySteps_asInPyTorch(String backend, double tolerance) throws IOException {
    double[][] expected = reference();
    assertThat(expected).hasDimensions(20, 6);
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor a = Tensor.of(1, -2, 0.5);
          Tensor b = Tensor.of(3, 0.01);
          Parameter u = Parameter.of("u", Tensor.of(0.25, -0.5, 0.75));
          Parameter w = Parameter.of("w", Tensor.of(-1.5, 2));
          Optimizer adam = Adam.defaults().of(List.of(u, w), 0.05);
          for (int step = 0; step < expected.length; step++) {
            try (Tape tape = Tape.open()) {
              Tensor loss = Tensors.square(Tensors.square(u.value().minus(a))).sum();
              if (step != 3 && step != 4) {
                loss =
                    loss.plus(Tensors.square(w.value()).times(b).sum().times(0.5))
                        .plus(u.value().get(0).times(w.value().get(0)));
              }
              adam.step(tape.backward(loss));
            }
            double[] now = Tensors.concat(u.value(), w.value()).toArray();
            for (int i = 0; i < now.length; i++) {
              assertThat(now[i])
                  .as("step %d, number %d", step, i)
                  .isCloseTo(expected[step][i + 1], within(tolerance));
            }
          }
        });
  }

  @Test
  void firstStep_isOfTheLearningRateWhateverTheGradient() {
    Parameter p = Parameter.of("p", Tensor.of(0, 0, 0));
    Optimizer adam = Adam.defaults().of(List.of(p), 0.25);
    try (Tape tape = Tape.open()) {
      adam.step(tape.backward(p.value().times(Tensor.of(1e-3, -1, 1e6)).sum()));
    }
    double[] now = p.value().toArray();
    assertThat(now[0]).isCloseTo(-0.25, within(1e-5));
    assertThat(now[1]).isCloseTo(0.25, within(1e-8));
    assertThat(now[2]).isCloseTo(-0.25, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1e-3, Double.NaN})
  void learningRateThatIsNotPositive_isRefused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.defaults().of(List.of(), rate))
        .withMessage("Adam: learningRate must be positive, got " + rate);
  }
}
