package unroll.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** Twenty steps of every optimizer, and the averages over them, beside PyTorch's. */
class AsInPyTorchTest {

  private record Case(OptimizerFactory optimizer, double learningRate) {}

  private static final Map<String, Case> CASES =
      Map.of(
          "adam", new Case(Adam.defaults(), 0.05),
          "adam-settings", new Case(new Adam(0.8, 0.95, 1e-3), 0.05),
          "adamw", new Case(AdamW.defaults().weightDecay(0.2), 0.05),
          "sgd", new Case(Sgd.defaults(), 0.01),
          "sgd-momentum", new Case(Sgd.momentum(0.8), 0.005),
          "sgd-nesterov", new Case(Sgd.momentum(0.8).nesterov().weightDecay(0.1), 0.005),
          "rmsprop", new Case(RmsProp.defaults(), 0.02),
          "rmsprop-centred",
              new Case(RmsProp.defaults().alpha(0.9).epsilon(1e-4).momentum(0.7).centred(), 0.01),
          "adagrad", new Case(Adagrad.defaults(), 0.1));

  static Stream<Arguments> cases() {
    return CASES.keySet().stream()
        .sorted()
        .flatMap(
            name -> Stream.of(Arguments.of(name, "ejml", 1e-13), Arguments.of(name, "cpu", 1e-6)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twentySteps(String name, String backend, double tolerance) {
    double[][] expected = Reference.read(name).rows();
    assertThat(expected).hasDimensions(20, 6);
    OnBackend.Switch.run(
        backend,
        () -> {
          Walk walk = new Walk(CASES.get(name));
          for (double[] row : expected) {
            walk.step();
            assertRow(walk.now(), row, 1, tolerance);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("averagings")
  void averages(String backend, double tolerance) {
    double[][] expected = Reference.read("averages").rows();
    OnBackend.Switch.run(
        backend,
        () -> {
          Walk walk = new Walk(CASES.get("sgd"));
          WeightAverage plain = Averaging.plain().of(walk.parameters);
          WeightAverage moving = Averaging.exponential(0.7).of(walk.parameters);
          for (double[] row : expected) {
            walk.step();
            double[] before = walk.now();
            plain.add();
            moving.add();
            plain.exchange();
            assertRow(walk.now(), row, 1, tolerance);
            plain.exchange();
            moving.exchange();
            assertRow(walk.now(), row, 6, tolerance);
            moving.exchange();
            assertThat(walk.now()).containsExactly(before);
          }
          assertThat(plain.count()).isEqualTo(20);
        });
  }

  static Stream<Arguments> averagings() {
    return Stream.of(Arguments.of("ejml", 1e-13), Arguments.of("cpu", 1e-6));
  }

  private static void assertRow(double[] now, double[] row, int from, double tolerance) {
    for (int i = 0; i < now.length; i++) {
      assertThat(now[i])
          .as("step %.0f, number %d", row[0], i)
          .isCloseTo(row[from + i], within(tolerance));
    }
  }

  /** The walk that {@code generate.py} describes. */
  private static final class Walk {

    final Parameter u = Parameter.of("u", Tensor.of(0.25, -0.5, 0.75));
    final Parameter w = Parameter.of("w", Tensor.of(-1.5, 2));
    final List<Parameter> parameters = List.of(u, w);
    private final Tensor a = Tensor.of(1, -2, 0.5);
    private final Tensor b = Tensor.of(3, 0.01);
    private final Optimizer optimizer;
    private int step;

    Walk(Case settings) {
      optimizer = settings.optimizer().of(parameters, settings.learningRate());
    }

    void step() {
      try (Tape tape = Tape.open()) {
        Tensor loss = Tensors.square(Tensors.square(u.value().minus(a))).sum();
        if (step != 3 && step != 4) {
          loss =
              loss.plus(Tensors.square(w.value()).times(b).sum().times(0.5))
                  .plus(u.value().get(0).times(w.value().get(0)));
        }
        optimizer.step(tape.backward(loss));
      }
      step++;
    }

    double[] now() {
      return Tensors.concat(u.value(), w.value()).toArray();
    }
  }
}
