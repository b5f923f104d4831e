package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;

@OnBackend("ejml")
class InitializerTest {

  private static final int OUTPUTS = 300;
  private static final int INPUTS = 100;

  private static double[] draw(Initializer initializer, int... sizes) {
    return initializer.draw(Generator.of(5), sizes);
  }

  /** Each random start, its variance for [OUTPUTS, INPUTS], and its bound or 0 for none. */
  static Stream<Arguments> random() {
    return Stream.of(
        Arguments.of("uniform", Initializer.uniform(-0.5, 0.5), 1 / 12.0, 0.5),
        Arguments.of("normal", Initializer.normal(0, 2), 4.0, 0),
        Arguments.of("PyTorch's", Initializer.uniform(INPUTS), 1 / 300.0, 0.1),
        Arguments.of("xavierUniform", Initializer.xavierUniform(), 2 / 400.0, Math.sqrt(6 / 400.0)),
        Arguments.of("xavierNormal", Initializer.xavierNormal(), 2 / 400.0, 0),
        Arguments.of("heUniform", Initializer.heUniform(), 2 / 100.0, Math.sqrt(6 / 100.0)),
        Arguments.of("heNormal", Initializer.heNormal(), 2 / 100.0, 0),
        Arguments.of("orthogonal", Initializer.orthogonal(), 1 / 300.0, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("random")
  void meanVarianceAndBound(String name, Initializer start, double variance, double bound) {
    double[] values = draw(start, OUTPUTS, INPUTS);
    assertThat(values).hasSize(OUTPUTS * INPUTS);
    double n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double square = Arrays.stream(values).map(x -> x * x).sum() / n;
    assertThat(mean).isBetween(-4 * Math.sqrt(variance / n), 4 * Math.sqrt(variance / n));
    assertThat(square / variance).isBetween(1 - 4 * Math.sqrt(2 / n), 1 + 4 * Math.sqrt(2 / n));
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    if (bound > 0) {
      assertThat(largest).isBetween(0.99 * bound, bound);
    } else {
      assertThat(largest).isGreaterThan(2.5 * Math.sqrt(variance));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("random")
  void sameSeed_sameNumbers(String name, Initializer start, double variance, double bound) {
    assertThat(start.draw(Generator.of(1), 6, 4))
        .containsExactly(start.draw(Generator.of(1), 6, 4));
    assertThat(start.draw(Generator.of(2), 6, 4)).isNotEqualTo(start.draw(Generator.of(1), 6, 4));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "4,4", "7,3", "3,7", "50,50", "5,1", "1,5", "0,3", "3,0"})
  void orthogonal_columnsOrRowsAreOrthonormal(int rows, int columns) {
    double[] w = draw(Initializer.orthogonal(), rows, columns);
    boolean tall = rows >= columns;
    int size = Math.min(rows, columns);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double product = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          product +=
              tall
                  ? w[k * columns + i] * w[k * columns + j]
                  : w[i * columns + k] * w[j * columns + k];
        }
        assertThat(product).isBetween((i == j ? 1 : 0) - 1e-12, (i == j ? 1 : 0) + 1e-12);
      }
    }
    double[] doubled = draw(Initializer.orthogonal(2), rows, columns);
    assertThat(doubled).containsExactly(Arrays.stream(w).map(x -> 2 * x).toArray());
  }

  /** Householder's Q alone would give each 1 by 1 matrix the same sign. */
  @Test
  void orthogonal_everySignIsEquallyLikely() {
    Generator generator = Generator.of(3);
    int positive = 0;
    for (int i = 0; i < 400; i++) {
      positive += Initializer.orthogonal().draw(generator, 1, 1)[0] > 0 ? 1 : 0;
    }
    assertThat(positive).isBetween(160, 240);
  }

  @Test
  void constantAndIdentity() {
    assertThat(draw(Initializer.constant(0.5), 3)).containsExactly(0.5, 0.5, 0.5);
    assertThat(draw(Initializer.identity(), 2, 2)).containsExactly(1, 0, 0, 1);
    assertThat(draw(Initializer.identity(0.1), 2, 3)).containsExactly(0.1, 0, 0, 0, 0.1, 0);
    assertThat(draw(Initializer.identity(), 3, 2)).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(draw(Initializer.identity(), 0, 2)).isEmpty();
  }

  @Test
  void blocks_startEachGateByItself() {
    assertThat(draw(Initializer.identity().blocks(2), 4, 2))
        .containsExactly(1, 0, 0, 1, 1, 0, 0, 1);
    Initializer forget = Initializer.blocks(Initializer.constant(0), Initializer.constant(1));
    assertThat(draw(forget, 4)).containsExactly(0, 0, 1, 1);
    Generator one = Generator.of(8);
    double[] first = Initializer.orthogonal().draw(one, 3, 3);
    double[] second = Initializer.orthogonal().draw(one, 3, 3);
    double[] both = Initializer.orthogonal().blocks(2).draw(Generator.of(8), 6, 3);
    assertThat(Arrays.copyOf(both, 9)).containsExactly(first);
    assertThat(Arrays.copyOfRange(both, 9, 18)).containsExactly(second);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(Initializer.identity().blocks(3), 4, 2))
        .withMessage(
            "Initializer.blocks: 3 blocks do not divide the rows of [4, 2]; a gate too many?");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Initializer.identity().blocks(0))
        .withMessage("Initializer.blocks: needs a count of at least 1, got 0");
  }

  @Test
  void startsForMatrices_refuseVectors() {
    Map<String, Initializer> matrices = new LinkedHashMap<>();
    matrices.put("xavierUniform", Initializer.xavierUniform());
    matrices.put("xavierNormal", Initializer.xavierNormal());
    matrices.put("heUniform", Initializer.heUniform());
    matrices.put("heNormal", Initializer.heNormal());
    matrices.put("orthogonal", Initializer.orthogonal());
    matrices.put("identity", Initializer.identity());
    matrices.forEach(
        (name, start) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> draw(start, 4))
                .withMessage(
                    "Initializer."
                        + name
                        + ": needs a matrix [outputs, inputs], got [4]; a bias starts constant"));
  }

  @Test
  void initialize_changesTheNamedParameters() {
    Linear layer = Linear.of(3, 4, Generator.of(1));
    double[] bias = layer.parameters().get("bias").value().toArray();
    layer.initialize("weight", Initializer.identity());
    assertThat(layer.parameters().get("weight").value().toArray())
        .containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
    assertThat(layer.parameters().get("bias").value().toArray()).containsExactly(bias);
    layer.initialize("*", Initializer.constant(2));
    assertThat(layer.parameters().values())
        .allSatisfy(p -> assertThat(p.value().toArray()).containsOnly(2));
  }

  @Test
  void initialize_findsPartsByPattern() {
    record Pair(Linear first, Linear second) implements Trainable {}
    Pair pair = new Pair(Linear.of(2, 3, Generator.of(1)), Linear.of(3, 2, Generator.of(2)));
    pair.initialize("*.bias", Initializer.constant(0));
    assertThat(pair.first().parameters().get("bias").value().toArray()).containsOnly(0);
    assertThat(pair.second().parameters().get("bias").value().toArray()).containsOnly(0);
    assertThat(pair.first().parameters().get("weight").value().toArray()).doesNotContain(0);
    pair.initialize("second.weight", Initializer.heNormal(), Generator.of(4));
    assertThat(pair.second().parameters().get("weight").value().toArray())
        .containsExactly(Initializer.heNormal().draw(Generator.of(4), 2, 3));
  }

  @Test
  void initialize_whatIsNotThere_isNamedAndNothingChanges() {
    Linear layer = Linear.of(3, 4, Generator.of(1));
    for (String name : new String[] {"weigh", "weight_hh*", "*.bias", "we.*"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> layer.initialize(name, Initializer.constant(0)))
          .withMessage(
              "Linear.initialize: no parameter is called '" + name + "'; there are [weight, bias]");
    }
    double[] weight = layer.parameters().get("weight").value().toArray();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.initialize("*", Initializer.identity()));
    assertThat(layer.parameters().get("weight").value().toArray()).containsExactly(weight);
  }
}
