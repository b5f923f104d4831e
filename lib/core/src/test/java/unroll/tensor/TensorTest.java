package unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.backend.Unary;

/** What tensors are, and what they refuse. */
@OnBackend("ejml")
class TensorTest {

  private static final double NAN = Double.NaN;

  private final Tensor matrix = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

  @Test
  void of_valuesAndShape() {
    assertThat(Tensor.of(1, 2, 3).shape()).isEqualTo(Shape.of(3));
    assertThat(matrix.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(matrix.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(matrix.size(-1)).isEqualTo(3);
    assertThat(Tensor.of(new double[] {7}, new int[0]).item()).isEqualTo(7);
    assertThat(Tensor.of(new double[0][]).shape()).isEqualTo(Shape.of(0, 0));
    assertThat(Tensor.of().shape()).isEqualTo(Shape.of(0));
  }

  @Test
  void of_copiesItsValues() {
    double[] values = {1, 2};
    Tensor tensor = Tensor.of(values);
    values[0] = 9;
    tensor.toArray()[1] = 9;
    assertThat(tensor.toArray()).containsExactly(1, 2);
  }

  @Test
  void filled_zerosOnesOne() {
    assertThat(Tensor.filled(2.5, 2, 1).toArray()).containsExactly(2.5, 2.5);
    assertThat(Tensors.zeros(2).toArray()).containsExactly(0, 0);
    assertThat(Tensors.ones(2).toArray()).containsExactly(1, 1);
    assertThat(Tensors.one().shape().rank()).isZero();
    assertThat(Tensors.one().minus(matrix).toArray()).containsExactly(0, -1, -2, -3, -4, -5);
  }

  @Test
  void mean_ofNothing_isNotANumber() {
    assertThat(Tensors.zeros(0).mean().item()).isNaN();
    assertThat(Tensors.zeros(0).sum().item()).isZero();
    assertThat(Tensors.zeros(2, 0).max(1).toArray())
        .containsExactly(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  @Test
  void notANumber_isPassedOn() {
    Tensor x = Tensor.of(NAN, -1, 2);
    assertThat(Tensors.relu(x).toArray()).containsExactly(NAN, 0, 2);
    assertThat(Tensors.tanh(x).toArray()[0]).isNaN();
    assertThat(Tensors.sigmoid(x).toArray()[0]).isNaN();
    assertThat(x.max(0).item()).isNaN();
    assertThat(x.max(Tensor.of(0, 0, 0)).toArray()[0]).isNaN();
  }

  @Test
  void farOut_sigmoidAndTanhSaturate() {
    Tensor x = Tensor.of(-1e3, 1e3);
    assertThat(Tensors.sigmoid(x).toArray()).containsExactly(0, 1);
    assertThat(Tensors.tanh(x).toArray()).containsExactly(-1, 1);
  }

  @Test
  void argmax_firstOfEquals() {
    Tensor rows = Tensor.of(new double[][] {{1, 3, 3}, {-1, -2, -3}, {0, 0, 1}});
    assertThat(Tensors.argmax(rows)).containsExactly(1, 0, 2);
    assertThat(Tensors.argmax(Tensors.zeros(0, 3))).isEmpty();
  }

  @Test
  void reshape_toItsOwnShape_isItself() {
    assertThat(matrix.reshape(2, -1)).isSameAs(matrix);
    assertThat(matrix.broadcastTo(Shape.of(2, 3))).isSameAs(matrix);
  }

  @Test
  void unstack_ofNothing_isNothing() {
    assertThat(Tensors.zeros(0, 3).unstack()).isEmpty();
  }

  @Test
  void toString_showsShapeBackendAndFirstNumbers() {
    assertThat(matrix)
        .hasToString(
            "Tensor [2, 3] ejml\n"
                + "      1.0000      2.0000      3.0000\n"
                + "      4.0000      5.0000      6.0000");
    assertThat(Tensors.zeros(20, 0)).hasToString("Tensor [20, 0] ejml");
    assertThat(Tensors.one()).hasToString("Tensor [] ejml\n      1.0000");
    assertThat(Tensors.zeros(3, 10, 12).toString())
        .startsWith("Tensor [3, 10, 12] ejml\n")
        .contains("… 12 columns")
        .endsWith("… 30 rows");
  }

  /** Some code and what its error must say. */
  private record Refusal(ThrowingCallable code, String... words) {}

  static List<Refusal> refusals() {
    Tensor m = Tensors.zeros(2, 3);
    Tensor v = Tensors.zeros(3);
    Tensor s = Tensors.one();
    return List.of(
        new Refusal(() -> Tensor.of(new double[5], 2, 3), "Tensor.of", "[2, 3]", "6", "5 values"),
        new Refusal(() -> Tensor.of(new double[][] {{1}, {2, 3}}), "Tensor.of", "1 and 2"),
        new Refusal(() -> Shape.of(2, -1), "negative", "[2, -1]"),
        new Refusal(() -> Shape.of(1 << 20, 1 << 20), "too many elements"),
        new Refusal(() -> m.plus(Tensors.zeros(2)), "plus", "[2, 3]", "[2]", "broadcast"),
        new Refusal(() -> m.minus(Tensors.zeros(3, 2)), "minus", "[3, 2]"),
        new Refusal(() -> m.times(Tensors.zeros(0, 3)), "times", "[0, 3]"),
        new Refusal(() -> m.dividedBy(Tensors.zeros(2)), "dividedBy", "[2]"),
        new Refusal(() -> m.max(Tensors.zeros(2)), "max", "[2]"),
        new Refusal(() -> m.matmul(m), "matmul", "[..., k] and [k, n]", "[2, 3]", "transposed?"),
        new Refusal(() -> m.matmul(v), "matmul", "[2, 3] and [3]"),
        new Refusal(() -> s.matmul(m), "matmul", "[] and [2, 3]"),
        new Refusal(() -> m.reshape(4), "reshape", "[2, 3]", "6 elements", "[4]"),
        new Refusal(() -> m.reshape(-1, 4), "reshape", "[-1, 4]"),
        new Refusal(() -> m.reshape(-1, -1), "reshape", "[-1, -1]"),
        new Refusal(() -> m.reshape(-2, -3), "reshape", "[-2, -3]"),
        new Refusal(() -> Tensors.zeros(0).reshape(0, -1), "reshape", "[0, -1]"),
        new Refusal(() -> Tensors.zeros(2, 3, 4).transpose(0, 2), "transpose", "neighbours"),
        new Refusal(() -> v.transpose(), "no axis -2", "[3]"),
        new Refusal(() -> m.broadcastTo(Shape.of(3)), "broadcastTo", "[2, 3]", "[3]"),
        new Refusal(() -> m.broadcastTo(Shape.of(4, 3)), "broadcastTo", "[4, 3]"),
        new Refusal(() -> m.slice(0, 1, 3), "slice", "[1, 3)", "axis 0", "[2, 3]"),
        new Refusal(() -> m.slice(1, 2, 1), "slice", "[2, 1)"),
        new Refusal(() -> m.slice(1, -1, 1), "slice", "[-1, 1)"),
        new Refusal(() -> m.get(2), "slice", "[2, 3)"),
        new Refusal(() -> m.sum(2), "no axis 2", "[2, 3]"),
        new Refusal(() -> m.max(-3), "no axis -3", "[2, 3]"),
        new Refusal(() -> s.unstack(), "no axis 0", "[]"),
        new Refusal(() -> Tensors.concat(0, List.of()), "concat", "at least one"),
        new Refusal(() -> Tensors.stack(List.of()), "concat", "at least one"),
        new Refusal(() -> Tensors.concat(m, Tensors.zeros(3, 3)), "concat", "[3, 3]", "axis 1"),
        new Refusal(() -> Tensors.concat(m, v), "concat", "[3]"),
        new Refusal(() -> Tensors.argmax(Tensors.zeros(2, 0)), "argmax", "[2, 0]"),
        new Refusal(() -> Tensors.argmax(s), "argmax", "[]"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatDoesNotFit_isNamed(Refusal refusal) {
    assertThatIllegalArgumentException()
        .isThrownBy(refusal.code())
        .satisfies(e -> assertThat(e.getMessage()).contains(refusal.words()));
  }

  @Test
  void gather_ofARowThatIsNotThere_isNamed() {
    for (int index : new int[] {-1, 2}) {
      assertThatThrownBy(() -> matrix.gather(0, index))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("gather: index " + index + " is no row of a table [2, 3]");
    }
  }

  @Test
  void item_ofSeveral_isAnError() {
    assertThatIllegalStateException()
        .isThrownBy(matrix::item)
        .withMessage("item: the tensor must have one element, it is [2, 3]");
    assertThatIllegalStateException().isThrownBy(() -> Tensors.zeros(0).item());
  }

  @Test
  void shapes_areValues() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).hasToString("[2, 3]");
    int[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.sizes()[1] = 9;
    assertThat(shape.sizes()).containsExactly(2, 3);
    assertThat(shape.with(-1, 7)).isEqualTo(Shape.of(2, 7));
    assertThat(Shape.of().length()).isEqualTo(1);
  }

  @Test
  void unary_everyFunctionIsWhatItsDocSays() {
    double x = 0.7;
    assertThat(values(Unary.NEGATE, x)).containsExactly(-x, x, -0.0);
    assertThat(values(Unary.ABS, x)).containsExactly(x, x, 0);
    assertThat(values(Unary.SIGN, x)).containsExactly(1, -1, 0);
    assertThat(values(Unary.SQUARE, x)).containsExactly(x * x, x * x, 0);
    assertThat(values(Unary.SQRT, x)[0]).isEqualTo(StrictMath.sqrt(x));
    assertThat(values(Unary.EXP, x)).containsExactly(StrictMath.exp(x), StrictMath.exp(-x), 1);
    assertThat(values(Unary.LOG, x)[0]).isEqualTo(StrictMath.log(x));
    assertThat(values(Unary.SIGMOID, x))
        .containsExactly(1 / (1 + StrictMath.exp(-x)), 1 / (1 + StrictMath.exp(x)), 0.5);
    assertThat(values(Unary.TANH, x)).containsExactly(StrictMath.tanh(x), -StrictMath.tanh(x), 0);
    assertThat(values(Unary.RELU, x)).containsExactly(x, 0, 0);
  }

  private static double[] values(Unary f, double x) {
    return Tensor.of(x, -x, 0).map(f).toArray();
  }
}
