package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

/** Scaled dot attention as PyTorch's. */
class AttentionReferenceTest {

  private static final int TIME = 5;
  private static final int BATCH = 3;

  /** The rows of {@code attention/attention.csv}, made by {@code generate.py} beside it. */
  private static Map<String, double[]> reference() throws IOException {
    try (InputStream in = Attention.class.getResourceAsStream("/attention/attention.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(row -> List.of(row.split(",", -1)))
          .collect(
              Collectors.toMap(
                  row -> row.get(0),
                  row ->
                      row.subList(1, row.size()).stream()
                          .mapToDouble(Double::parseDouble)
                          .toArray()));
    }
  }

  @ParameterizedTest
  @CsvSource({"ejml, full, 1e-13", "ejml, lengths, 1e-13", "cpu, full, 1e-5", "cpu, lengths, 1e-5"})
  void contextAndGradients_asInPyTorch(String backend, String name, double tolerance)
      throws IOException {
    Map<String, double[]> expected = reference();
    int[] lengths = name.equals("full") ? null : new int[] {2, 5, 1};
    OnBackend.Switch.run(
        backend,
        () -> {
          Parameter query = parameter(expected, "query", BATCH, 4);
          Parameter keys = parameter(expected, "keys", TIME, BATCH, 4);
          Parameter values = parameter(expected, "values", TIME, BATCH, 2);
          Tensor probe = Tensor.of(expected.get("probe"), BATCH, 2);
          try (Tape tape = Tape.open()) {
            Attended found =
                Attention.scaledDot().attend(query.value(), keys.value(), values.value(), lengths);
            Gradients gradients = tape.backward(found.context().times(probe).sum());
            close(found.context(), expected.get("context." + name), tolerance);
            for (Parameter p : List.of(query, keys, values)) {
              close(gradients.of(p), expected.get("grad." + p.name() + "." + name), tolerance);
            }
          }
        });
  }

  private static Parameter parameter(Map<String, double[]> from, String name, int... shape) {
    return Parameter.of(name, Tensor.of(from.get(name), shape));
  }

  private static void close(Tensor actual, double[] expected, double tolerance) {
    double scale = Arrays.stream(expected).map(Math::abs).reduce(1, Math::max);
    assertThat(actual.toArray())
        .usingComparatorWithPrecision(tolerance * scale)
        .containsExactly(expected);
  }
}
