package unroll.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

/** Losses and their gradients beside PyTorch's, as {@code loss/generate.py} froze them. */
class LossesAsInPyTorchTest {

  private static final Map<String, double[]> FROZEN = frozen();
  private static final int[] CTC_LENGTHS = {5, 7, 3, 7};

  private interface Case {
    Tensor loss(Tensor x, double[] target);
  }

  private static final Map<String, Case> CASES =
      Map.ofEntries(
          Map.entry("meanSquaredError", elements(Loss.meanSquaredError())),
          Map.entry("meanAbsoluteError", elements(Loss.meanAbsoluteError())),
          Map.entry("huber", elements(Loss.huber(0.7))),
          Map.entry("binaryCrossEntropy", elements(Loss.binaryCrossEntropy())),
          Map.entry("plain", classes(CrossEntropy.defaults())),
          Map.entry("smoothing", classes(CrossEntropy.defaults().smoothing(0.1))),
          Map.entry("weights", classes(CrossEntropy.defaults().weights(0.5, 2, 1.25, 0.1))),
          Map.entry("ignored", classes(CrossEntropy.defaults().ignoring(-100))),
          Map.entry(
              "everything",
              classes(
                  CrossEntropy.defaults()
                      .ignoring(-100)
                      .weights(0.5, 2, 1.25, 0.1)
                      .smoothing(0.3))),
          Map.entry("ctc", labels(Ctc.defaults())),
          Map.entry("ctc-blank", labels(Ctc.defaults().blank(3))));

  private static Case elements(Loss loss) {
    return (x, target) -> loss.of(x, Tensor.of(target, x.shape(), x.backend()));
  }

  private static Case classes(CrossEntropy settings) {
    return (x, target) -> settings.loss(x, integers(target));
  }

  private static Case labels(Ctc settings) {
    return (x, target) -> {
      int[] flat = integers(target);
      int[][] targets = {
        Arrays.copyOfRange(flat, 0, 3),
        Arrays.copyOfRange(flat, 3, 4),
        {},
        Arrays.copyOfRange(flat, 4, 8)
      };
      return settings.loss(x, targets, CTC_LENGTHS);
    };
  }

  private static int[] integers(double[] numbers) {
    return Arrays.stream(numbers).mapToInt(n -> (int) n).toArray();
  }

  private static Map<String, double[]> frozen() {
    try (InputStream in = LossesAsInPyTorchTest.class.getResourceAsStream("/loss/losses.csv")) {
      Map<String, double[]> rows = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(",", -1))
          .forEach(
              row ->
                  rows.put(
                      row[0],
                      Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray()));
      return rows;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<Arguments> cases() {
    return CASES.keySet().stream()
        .sorted()
        .flatMap(
            name -> Stream.of(Arguments.of(name, "ejml", 1e-13), Arguments.of(name, "cpu", 3e-6)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valueAndGradient(String name, String backend, double tolerance) {
    OnBackend.Switch.run(
        backend,
        () -> {
          double[] numbers = FROZEN.get(name + ".x");
          int[] shape = name.startsWith("ctc") ? new int[] {7, 4, 4} : new int[] {6, 4};
          Parameter x = Parameter.of("x", Tensor.of(numbers, shape));
          try (Tape tape = Tape.open()) {
            Tensor loss = CASES.get(name).loss(x.value(), FROZEN.get(name + ".t"));
            assertThat(loss.item()).isCloseTo(FROZEN.get(name + ".loss")[0], within(tolerance));
            double[] expected = FROZEN.get(name + ".grad");
            double[] actual = tape.backward(loss).of(x).toArray();
            assertThat(actual).hasSameSizeAs(expected).containsExactly(expected, within(tolerance));
          }
        });
  }
}
