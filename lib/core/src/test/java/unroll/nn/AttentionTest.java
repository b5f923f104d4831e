package unroll.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

@OnBackend("ejml")
class AttentionTest {

  private static final int TIME = 4;
  private static final int BATCH = 3;
  private static final int[] LENGTHS = {2, 4, 1};

  /** The kinds, with the sizes of query and key, and the score in a plain loop. */
  enum Kind {
    DOT(3, 3) {
      @Override
      Attention create() {
        return Attention.dot();
      }

      @Override
      double score(Attention attention, double[] q, double[] k) {
        return product(q, k);
      }
    },
    SCALED_DOT(3, 3) {
      @Override
      Attention create() {
        return Attention.scaledDot();
      }

      @Override
      double score(Attention attention, double[] q, double[] k) {
        return product(q, k) / Math.sqrt(3);
      }
    },
    MULTIPLICATIVE(2, 5) {
      @Override
      Attention create() {
        return Attention.multiplicative(2, 5, Generator.of(1));
      }

      @Override
      double score(Attention attention, double[] q, double[] k) {
        return product(q, product(attention, "key.weight", k));
      }
    },
    ADDITIVE(2, 5) {
      @Override
      Attention create() {
        return Attention.additive(2, 5, 4, Generator.of(1));
      }

      @Override
      double score(Attention attention, double[] q, double[] k) {
        double[] fromQuery = product(attention, "query.weight", q);
        double[] fromKey = product(attention, "key.weight", k);
        double[] bent = new double[4];
        for (int i = 0; i < 4; i++) {
          bent[i] = Math.tanh(fromQuery[i] + fromKey[i]);
        }
        return product(attention, "score.weight", bent)[0];
      }
    };

    final int query;
    final int key;

    Kind(int query, int key) {
      this.query = query;
      this.key = key;
    }

    abstract Attention create();

    abstract double score(Attention attention, double[] q, double[] k);

    /** With distinct numbers, large enough that the weights differ. */
    Attention drawn() {
      Attention attention = create();
      Samples.of(9).redraw(attention.parameters().values(), -1.5, 1.5);
      return attention;
    }

    private static double product(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }

    private static double[] product(Attention attention, String weight, double[] x) {
      Tensor w = attention.parameters().get(weight).value();
      double[] y = new double[w.size(0)];
      for (int i = 0; i < y.length; i++) {
        y[i] = product(w.get(i).toArray(), x);
      }
      return y;
    }
  }

  /** Each kind with all steps and with lengths. */
  private record Case(Kind kind, int[] lengths) {

    Tensor query() {
      return Samples.of(1).tensor(BATCH, kind.query);
    }

    Tensor keys() {
      return Samples.of(2).tensor(TIME, BATCH, kind.key);
    }

    Tensor values() {
      return Samples.of(3).tensor(TIME, BATCH, 2);
    }

    int length(int b) {
      return lengths == null ? TIME : lengths[b];
    }

    Attended attend() {
      return kind.drawn().attend(query(), keys(), values(), lengths);
    }

    @Override
    public String toString() {
      return kind + (lengths == null ? "" : " with lengths");
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(new Case(kind, null), new Case(kind, LENGTHS)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void attend_asAPlainLoop(Case c) {
    for (String backend : List.of("ejml", "cpu")) {
      OnBackend.Switch.run(backend, () -> checkValues(c, backend.equals("cpu") ? 1e-5 : 1e-14));
    }
  }

  private static void checkValues(Case c, double tolerance) {
    Attended found = c.attend();
    assertThat(found.context().shape()).isEqualTo(Shape.of(BATCH, 2));
    assertThat(found.weights().shape()).isEqualTo(Shape.of(BATCH, TIME));
    for (int b = 0; b < BATCH; b++) {
      double[] weights = weights(c, b);
      double[] context = new double[2];
      for (int t = 0; t < TIME; t++) {
        double[] value = c.values().get(t).get(b).toArray();
        context[0] += weights[t] * value[0];
        context[1] += weights[t] * value[1];
      }
      assertThat(found.weights().get(b).toArray())
          .usingComparatorWithPrecision(tolerance)
          .containsExactly(weights);
      assertThat(found.context().get(b).toArray())
          .usingComparatorWithPrecision(tolerance)
          .containsExactly(context);
    }
  }

  private static double[] weights(Case c, int b) {
    Attention attention = c.kind.drawn();
    double[] q = c.query().get(b).toArray();
    double[] weights = new double[TIME];
    double sum = 0;
    for (int t = 0; t < c.length(b); t++) {
      weights[t] = Math.exp(c.kind.score(attention, q, c.keys().get(t).get(b).toArray()));
      sum += weights[t];
    }
    for (int t = 0; t < c.length(b); t++) {
      weights[t] /= sum;
    }
    return weights;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_agreeWithCentralDifferences(Case c) {
    Attention attention = c.kind.drawn();
    Parameter query = Parameter.of("query", c.query());
    Parameter keys = Parameter.of("keys", c.keys());
    Parameter values = Parameter.of("values", c.values());
    List<Parameter> all = new ArrayList<>(attention.parameters().values());
    all.addAll(List.of(query, keys, values));
    GradientCheck.Result worst =
        GradientCheck.check(
            all,
            () -> {
              Attended found =
                  attention.attend(query.value(), keys.value(), values.value(), c.lengths);
              return Samples.weigh(found.context()).plus(Samples.weigh(found.weights()).times(3));
            });
    assertThat(worst.error()).as(worst.toString()).isLessThan(1e-8);
  }

  @ParameterizedTest
  @EnumSource
  void stepsPastTheLength_weighNothingAndGetNoGradient(Kind kind) {
    for (String backend : List.of("ejml", "cpu")) {
      OnBackend.Switch.run(backend, () -> checkPadding(new Case(kind, LENGTHS)));
    }
  }

  private static void checkPadding(Case c) {
    Attention attention = c.kind.drawn();
    Parameter keys = Parameter.of("keys", padded(c.keys()));
    Parameter values = Parameter.of("values", padded(c.values()));
    try (Tape tape = Tape.open()) {
      Attended found = attention.attend(c.query(), keys.value(), values.value(), LENGTHS);
      Attended clean = c.attend();
      assertThat(found.context().toArray()).containsExactly(clean.context().toArray());
      assertThat(found.weights().toArray()).containsExactly(clean.weights().toArray());
      Gradients gradients = tape.backward(Samples.weigh(found.context()));
      for (int b = 0; b < BATCH; b++) {
        for (int t = 0; t < TIME; t++) {
          if (t >= LENGTHS[b]) {
            assertThat(found.weights().get(b).toArray()[t]).isEqualTo(0.0);
            assertThat(gradients.of(keys).get(t).get(b).toArray())
                .matches(g -> Arrays.stream(g).allMatch(x -> x == 0));
            assertThat(gradients.of(values).get(t).get(b).toArray())
                .matches(g -> Arrays.stream(g).allMatch(x -> x == 0));
          } else {
            assertThat(found.weights().get(b).toArray()[t]).isGreaterThan(0);
            assertThat(gradients.of(values).get(t).get(b).toArray()).doesNotContain(0);
          }
        }
      }
    }
  }

  /** Other numbers, some large, past each sequence's length. */
  private static Tensor padded(Tensor x) {
    double[] values = x.toArray();
    int features = x.size(2);
    for (int i = 0; i < values.length; i++) {
      if (i / features / BATCH >= LENGTHS[i / features % BATCH]) {
        values[i] = 40 + i;
      }
    }
    return Tensor.of(values, TIME, BATCH, features);
  }

  @ParameterizedTest
  @EnumSource
  void memory_answersManyQueriesAsOneByOne(Kind kind) {
    Case c = new Case(kind, LENGTHS);
    Attention attention = kind.drawn();
    AttentionMemory memory = attention.over(c.keys(), c.values(), LENGTHS);
    for (int i = 0; i < 3; i++) {
      Tensor query = Samples.of(20 + i).tensor(BATCH, kind.query);
      Attended one = attention.attend(query, c.keys(), c.values(), LENGTHS);
      Attended found = memory.attend(query);
      assertThat(found.context().toArray()).containsExactly(one.context().toArray());
      assertThat(found.weights().toArray()).containsExactly(one.weights().toArray());
    }
  }

  @Test
  void sequenceWithoutSteps_givesZeros() {
    Parameter keys = Samples.of(1).parameter(2, 2, 3);
    Tensor query = Samples.of(2).tensor(2, 3);
    try (Tape tape = Tape.open()) {
      Attended found = Attention.dot().attend(query, keys.value(), keys.value(), new int[] {0, 2});
      assertThat(found.context().get(0).toArray()).containsOnly(0);
      assertThat(found.weights().get(0).toArray()).containsOnly(0);
      assertThat(found.weights().get(1).sum().item()).isBetween(1 - 1e-12, 1 + 1e-12);
      double[] gradient = tape.backward(Samples.weigh(found.context())).of(keys).toArray();
      assertThat(gradient[0]).isEqualTo(0.0);
      assertThat(Arrays.stream(gradient)).allMatch(Double::isFinite);
    }
  }

  @Test
  void scoreOfOnesOwn_isOneMethod() {
    class Nearest implements Attention {
      @Override
      public Tensor scores(Tensor query, Tensor keys) {
        return Tensors.square(keys.minus(query)).sum(-1).times(-100);
      }
    }
    Tensor keys = Tensor.of(new double[] {0, 1, 2}, 3, 1, 1);
    Attended found = new Nearest().attend(Tensor.of(new double[][] {{2}}), keys, keys, null);
    assertThat(found.context().item()).isBetween(2 - 1e-12, 2 + 1e-12);
  }

  @Test
  void parameters_areThoseOfTheEquations() {
    assertThat(Attention.dot().parameters()).isEmpty();
    assertThat(Attention.scaledDot().parameters()).isEmpty();
    assertThat(Attention.multiplicative(2, 5).parameters().get("key.weight").shape())
        .isEqualTo(Shape.of(2, 5));
    Attention additive = Attention.additive(2, 5, 4);
    assertThat(additive.parameters().keySet())
        .containsExactly("query.weight", "key.weight", "score.weight");
    assertThat(additive.parameterCount()).isEqualTo(4 * 2 + 4 * 5 + 4);
    assertThat(Attention.additive(128).parameterCount()).isEqualTo(2 * 128 * 128 + 128);
    assertThat(Attention.multiplicative(6).parameterCount()).isEqualTo(36);
    assertThat(List.of(Attention.dot(), Attention.scaledDot(), Attention.multiplicative(2, 5)))
        .extracting(Object::toString)
        .containsExactly("Attention dot", "Attention scaled dot", "Attention multiplicative 2 · 5");
    assertThat(additive).hasToString("Attention additive 2 + 5 → 4");
  }

  @Test
  void wrongShapes_areNamed() {
    Attention additive = Attention.additive(2, 5, 4);
    Tensor keys = Tensors.zeros(TIME, BATCH, 5);
    refuse(
        additive,
        Tensors.zeros(3, 5),
        keys,
        null,
        "Attention additive 2 + 5 → 4: keys must be"
            + " [time, batch, features] with time at least 1, got [3, 5]");
    refuse(
        additive,
        Tensors.zeros(TIME, BATCH, 3),
        keys,
        null,
        "Attention additive 2 + 5 → 4: keys must be [time, batch, 5], got [4, 3, 3]");
    refuse(
        additive,
        keys,
        Tensors.zeros(3, BATCH, 5),
        null,
        "Attention additive 2 + 5 → 4: values must be [4, 3, v] as the keys, got [3, 3, 5]");
    refuse(
        additive,
        keys,
        keys,
        new int[] {1, 2},
        "Attention additive 2 + 5 → 4: needs 3 lengths, one a sequence, got 2");
    for (int wrong : new int[] {-1, 5}) {
      refuse(
          additive,
          keys,
          keys,
          new int[] {1, wrong, 4},
          "Attention additive 2 + 5 → 4: lengths must be from 0 to 4, got "
              + wrong
              + " for sequence 1");
    }
    for (Attention attention : List.of(additive, Attention.multiplicative(2, 5))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> attention.attend(Tensors.zeros(BATCH, 3), keys, keys, null))
          .withMessageStartingWith(attention + ": query must be [batch, 2]")
          .withMessageEndingWith("got [3, 3]");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.dot().attend(Tensors.zeros(2, 5), keys, keys, null))
        .withMessage("Attention dot: query must be [3, q], got [2, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attention.additive(2, 0, 1))
        .withMessage("Attention.additive: sizes must be at least 1, got [2, 0, 1]");
  }

  private static void refuse(
      Attention attention, Tensor keys, Tensor values, int[] lengths, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attention.attend(Tensors.zeros(BATCH, 2), keys, values, lengths))
        .withMessage(message);
  }
}
