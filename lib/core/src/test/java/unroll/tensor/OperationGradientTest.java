package unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.GradientCheck;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.backend.Unary;

/** Every operation's gradient against central differences, in double precision. */
@OnBackend("ejml")
class OperationGradientTest {

  /** A function of tensors of these shapes; inputs between 0.3 and 1.3 if positive. */
  private record Case(
      String name, boolean positive, Function<List<Tensor>, Tensor> f, int[]... shapes) {

    List<Parameter> inputs() {
      Samples samples = Samples.of(name.hashCode() + Arrays.deepHashCode(shapes));
      return Arrays.stream(shapes)
          .map(shape -> samples.parameter(positive ? 0.3 : -1, positive ? 1.3 : 1, shape))
          .toList();
    }

    @Override
    public String toString() {
      return name + " " + Arrays.deepToString(shapes);
    }
  }

  private static final int[] SCALAR = {};
  private static final int[] ONE = {1};
  private static final int[] NONE = {0};
  private static final int[] VECTOR = {3};
  private static final int[] MATRIX = {2, 3};
  private static final int[] CUBE = {2, 3, 4};
  private static final int[] EMPTY = {2, 0, 3};
  private static final int[] THIN = {1, 4, 1};

  static Stream<Case> elementwise() {
    Map<String, BinaryOperator<Tensor>> ofTwo = new TreeMap<>();
    ofTwo.put("plus", Tensor::plus);
    ofTwo.put("minus", Tensor::minus);
    ofTwo.put("times", Tensor::times);
    ofTwo.put("dividedBy", Tensor::dividedBy);
    ofTwo.put("max", Tensor::max);
    int[][][] pairs = {
      {MATRIX, MATRIX},
      {SCALAR, SCALAR},
      {ONE, ONE},
      {NONE, NONE},
      {EMPTY, EMPTY},
      {SCALAR, MATRIX},
      {MATRIX, ONE},
      {VECTOR, MATRIX},
      {CUBE, {3, 4}},
      {{2, 1}, {1, 3}},
      {{2, 1, 4}, {3, 1}},
      {THIN, {2, 1, 3}},
      {{1, 3}, {0, 3}},
      {EMPTY, {1, 1, 3}},
    };
    List<Case> cases = new ArrayList<>();
    ofTwo.forEach(
        (name, f) -> {
          for (int[][] pair : pairs) {
            cases.add(
                new Case(name, name.equals("dividedBy"), x -> f.apply(x.get(0), x.get(1)), pair));
          }
        });
    return cases.stream();
  }

  static Stream<Case> ofOneTensor() {
    Map<String, UnaryOperator<Tensor>> ofOne = new TreeMap<>();
    for (Unary f : Unary.values()) {
      ofOne.put(f.name(), x -> x.map(f));
    }
    ofOne.put("plus number", x -> x.plus(2.5));
    ofOne.put("minus number", x -> x.minus(2.5));
    ofOne.put("times number", x -> x.times(-3));
    ofOne.put("divided by number", x -> x.dividedBy(7));
    ofOne.put("negate", Tensor::negate);
    ofOne.put("sum", Tensor::sum);
    ofOne.put("twice in one operation", x -> x.times(x));
    ofOne.put("twice in two operations", x -> x.times(2).plus(Tensors.tanh(x)));
    ofOne.put("on both sides of a quotient", x -> x.dividedBy(x.plus(3)).minus(x));
    ofOne.put("flattened", x -> x.reshape(-1));
    ofOne.put("joined with itself", x -> Tensors.stack(List.of(x, x.times(x), x)));
    int[][] shapes = {MATRIX, SCALAR, ONE, NONE, EMPTY, THIN};
    List<Case> cases = new ArrayList<>();
    ofOne.forEach(
        (name, f) -> {
          boolean positive = List.of("LOG", "SQRT").contains(name);
          for (int[] shape : shapes) {
            cases.add(new Case(name, positive, x -> f.apply(x.get(0)), shape));
          }
        });
    return cases.stream();
  }

  static Stream<Case> alongAxes() {
    List<Case> cases = new ArrayList<>();
    for (int[] shape : new int[][] {MATRIX, CUBE, EMPTY, THIN, ONE, NONE, {0, 4}, {1, 1}}) {
      for (int a = -shape.length; a < shape.length; a++) {
        int axis = a;
        String at = " " + axis;
        cases.add(of("sum" + at, x -> x.sum(axis), shape));
        cases.add(of("max" + at, x -> x.max(axis), shape));
        cases.add(of("concat" + at, x -> Tensors.concat(axis, List.of(x, x.times(2))), shape));
        int size = Shape.of(shape).size(axis);
        cases.add(of("slice all" + at, x -> x.slice(axis, 0, size), shape));
        cases.add(of("slice none" + at, x -> x.slice(axis, size, size), shape));
        cases.add(of("slice one" + at, x -> x.slice(axis, size / 2, (size + 1) / 2), shape));
        if (size > 0) {
          cases.add(of("mean" + at, x -> x.mean(axis), shape));
          cases.add(of("slice last" + at, x -> x.slice(axis, size - 1, size), shape));
        }
        if (axis >= 0 && axis + 1 < shape.length) {
          cases.add(of("transpose" + at, x -> x.transpose(axis, axis + 1), shape));
        }
      }
    }
    return cases.stream();
  }

  static Stream<Case> others() {
    return Stream.of(
        of("mean", Tensor::mean, CUBE),
        of("mean", Tensor::mean, SCALAR),
        of("transpose", Tensor::transpose, CUBE),
        of("reshape", x -> x.reshape(4, -1), CUBE),
        of("reshape to scalar", x -> x.reshape(), ONE),
        of("broadcastTo", x -> x.broadcastTo(Shape.of(2, 3, 4)), new int[] {3, 1}),
        of("broadcastTo none", x -> x.broadcastTo(Shape.of(0, 3)), VECTOR),
        of("broadcastTo a cube", x -> x.broadcastTo(Shape.of(2, 1, 3)), SCALAR),
        of("get", x -> x.get(1), CUBE),
        of("unstack", x -> Tensors.concat(0, x.unstack()), CUBE),
        of("unstack a vector", x -> x.unstack().get(2), VECTOR),
        of("unstack, some unused", x -> x.unstack().get(1).times(x.unstack().get(0)), CUBE),
        of("gather", x -> x.gather(2, 0, 2, 2), new int[] {4, 2}),
        of("gather none", x -> x.gather(), new int[] {4, 2}),
        of("gather numbers", x -> x.gather(1, 1), VECTOR),
        of("gather cubes", x -> x.gather(1, 0, 1), CUBE),
        of("gather empty rows", x -> x.gather(1, 0), new int[] {2, 0}),
        new Case(
            "concat",
            false,
            x -> Tensors.concat(1, x),
            new int[] {2, 1, 3},
            new int[] {2, 0, 3},
            new int[] {2, 4, 3}),
        new Case("stack", false, Tensors::stack, MATRIX, MATRIX, MATRIX));
  }

  static Stream<Case> products() {
    List<Case> cases = new ArrayList<>();
    int[] sizes = {0, 1, 3};
    for (int m : sizes) {
      for (int k : sizes) {
        for (int n : sizes) {
          cases.add(matmul(new int[] {m, k}, new int[] {k, n}));
        }
      }
    }
    cases.add(matmul(new int[] {4}, new int[] {4, 2}));
    cases.add(matmul(CUBE, new int[] {4, 5}));
    cases.add(matmul(EMPTY, new int[] {3, 2}));
    cases.add(of("matmul by itself", x -> x.matmul(x), new int[] {3, 3}));
    cases.add(of("matmul by its transpose", x -> x.matmul(x.transpose()), MATRIX));
    return cases.stream();
  }

  private static Case of(String name, UnaryOperator<Tensor> f, int[] shape) {
    return new Case(name, false, x -> f.apply(x.get(0)), shape);
  }

  private static Case matmul(int[] a, int[] b) {
    return new Case("matmul", false, x -> x.get(0).matmul(x.get(1)), a, b);
  }

  @ParameterizedTest
  @MethodSource({"elementwise", "ofOneTensor", "alongAxes", "others", "products"})
  void gradient_agreesWithCentralDifferences(Case operation) {
    List<Parameter> inputs = operation.inputs();
    assertThat(Samples.check(inputs, operation.f()))
        .satisfies(worst -> assertThat(worst.error()).isLessThan(1e-8))
        .matches(GradientCheck.Result::passes);
  }

  @ParameterizedTest
  @MethodSource({"elementwise", "ofOneTensor", "alongAxes", "others", "products"})
  void gradient_hasItsInputsShapeAndComesAgain(Case operation) {
    List<Parameter> inputs = operation.inputs();
    try (Tape tape = Tape.open()) {
      Tensor y = operation.f().apply(inputs.stream().map(Parameter::value).toList());
      Tensor loss = Samples.weigh(y);
      Gradients first = tape.backward(loss);
      List<double[]> before = inputs.stream().map(p -> first.of(p).toArray()).toList();
      Gradients second = tape.backward(loss);
      for (int i = 0; i < inputs.size(); i++) {
        Parameter p = inputs.get(i);
        assertThat(first.of(p).shape()).isEqualTo(p.shape());
        assertThat(second.of(p).toArray()).containsExactly(before.get(i));
        assertThat(first.of(p).toArray()).containsExactly(before.get(i));
      }
    }
  }
}
