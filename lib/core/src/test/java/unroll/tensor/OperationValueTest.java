package unroll.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.autograd.Samples;

/** What operations compute, against loops over indices, on both backends and many shapes. */
class OperationValueTest {

  private static final int[][] SHAPES = {{}, {1}, {3}, {2, 3}, {1, 4}, {2, 3, 4}, {0, 3}, {2, 0}};

  private static final int[][][] PAIRS = {
    {{2, 3}, {2, 3}},
    {{}, {}},
    {{}, {2, 3}},
    {{2, 3}, {1}},
    {{3}, {2, 3}},
    {{2, 3, 4}, {3, 1}},
    {{2, 1}, {1, 3}},
    {{1, 4, 1}, {2, 1, 3}},
    {{0, 3}, {1, 3}},
    {{1}, {0}},
  };

  static Stream<String> backends() {
    return Stream.of("ejml", "cpu");
  }

  static Stream<Arguments> pairs() {
    return each(PAIRS);
  }

  static Stream<Arguments> shapes() {
    return each(SHAPES);
  }

  private static Stream<Arguments> each(Object[] values) {
    List<Arguments> all = new ArrayList<>();
    for (String backend : new String[] {"ejml", "cpu"}) {
      for (Object value : values) {
        all.add(Arguments.of(backend, value));
      }
    }
    return all.stream();
  }

  /** The position of a multiple index in a shape, in which axes of size one are repeated. */
  private static int at(int[] shape, int... index) {
    int position = 0;
    for (int a = 0; a < shape.length; a++) {
      int i = index[index.length - shape.length + a];
      position = position * shape[a] + (shape[a] == 1 ? 0 : i);
    }
    return position;
  }

  /** All multiple indices of a shape, row major. */
  private static List<int[]> indices(int... shape) {
    List<int[]> all = new ArrayList<>();
    int length = Shape.of(shape).length();
    for (int i = 0; i < length; i++) {
      int[] index = new int[shape.length];
      int rest = i;
      for (int a = shape.length - 1; a >= 0; a--) {
        index[a] = rest % shape[a];
        rest /= shape[a];
      }
      all.add(index);
    }
    return all;
  }

  private static void check(Tensor actual, int[] shape, double... expected) {
    assertThat(actual.shape()).isEqualTo(Shape.of(shape));
    assertThat(actual.toArray())
        .usingComparatorWithPrecision(actual.backend().name().equals("cpu") ? 1e-5 : 1e-13)
        .containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void arithmetic_broadcasts(String backend, int[][] pair) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Samples samples = Samples.of(1);
          Tensor a = samples.tensor(pair[0]).plus(3);
          Tensor b = samples.tensor(pair[1]).plus(3);
          checkZip(a, b, a.plus(b), Double::sum);
          checkZip(a, b, a.minus(b), (x, y) -> x - y);
          checkZip(a, b, a.times(b), (x, y) -> x * y);
          checkZip(a, b, a.dividedBy(b), (x, y) -> x / y);
          checkZip(a, b, a.max(b), Math::max);
          checkZip(b, a, b.minus(a), (x, y) -> x - y);
        });
  }

  private static void checkZip(Tensor a, Tensor b, Tensor actual, DoubleBinaryOperator f) {
    int[] common = Shape.broadcast(a.shape(), b.shape()).sizes();
    double[] x = a.toArray();
    double[] y = b.toArray();
    double[] expected =
        indices(common).stream()
            .mapToDouble(
                i -> f.applyAsDouble(x[at(a.shape().sizes(), i)], y[at(b.shape().sizes(), i)]))
            .toArray();
    check(actual, common, expected);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void numbers_countForEveryElement(String backend, int[] shape) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor x = Samples.of(2).tensor(shape);
          double[] v = x.toArray();
          check(x.plus(2), shape, stream(v, a -> a + 2));
          check(x.minus(2), shape, stream(v, a -> a - 2));
          check(x.times(3), shape, stream(v, a -> a * 3));
          check(x.dividedBy(4), shape, stream(v, a -> a / 4));
          check(x.negate(), shape, stream(v, a -> -a));
          check(Tensors.sigmoid(x), shape, stream(v, a -> 1 / (1 + Math.exp(-a))));
          check(Tensors.tanh(x), shape, stream(v, Math::tanh));
          check(Tensors.exp(x), shape, stream(v, Math::exp));
          check(Tensors.square(x), shape, stream(v, a -> a * a));
          check(Tensors.abs(x), shape, stream(v, Math::abs));
          check(Tensors.log(x.plus(2)), shape, stream(v, a -> Math.log(a + 2)));
          check(Tensors.sqrt(x.plus(2)), shape, stream(v, a -> Math.sqrt(a + 2)));
        });
  }

  private static double[] stream(double[] values, DoubleUnaryOperator f) {
    return Arrays.stream(values).map(f).toArray();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void reductions_leaveTheirAxisOut(String backend, int[] shape) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor x = Samples.of(3).tensor(shape);
          check(x.sum(), new int[0], Arrays.stream(x.toArray()).sum());
          for (int axis = 0; axis < shape.length; axis++) {
            double[] sum = reduce(x, axis, 0, Double::sum);
            double[] max = reduce(x, axis, Double.NEGATIVE_INFINITY, Math::max);
            int[] left = x.shape().without(axis).sizes();
            int size = shape[axis];
            check(x.sum(axis), left, sum);
            check(x.sum(axis - shape.length), left, sum);
            check(x.max(axis), left, max);
            if (size > 0) {
              check(x.mean(axis), left, stream(sum, s -> s / size));
            }
          }
        });
  }

  private static double[] reduce(Tensor x, int axis, double start, DoubleBinaryOperator f) {
    int[] shape = x.shape().sizes();
    int[] kept = shape.clone();
    kept[axis] = 1;
    double[] result = new double[Shape.of(kept).length()];
    Arrays.fill(result, start);
    double[] values = x.toArray();
    for (int[] i : indices(shape)) {
      int to = at(kept, i);
      result[to] = f.applyAsDouble(result[to], values[at(shape, i)]);
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void parts_areWhereTheyWere(String backend, int[] shape) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor x = Samples.of(4).tensor(shape);
          double[] v = x.toArray();
          check(x.reshape(-1), new int[] {v.length}, v);
          for (int axis = 0; axis < shape.length; axis++) {
            int size = shape[axis];
            List<Tensor> parts = new ArrayList<>();
            for (int from = 0; from < size; from++) {
              parts.add(x.slice(axis, from, from + 1));
              check(parts.get(from), x.shape().with(axis, 1).sizes(), pick(x, axis, from));
            }
            if (size > 0) {
              check(Tensors.concat(axis, parts), shape, v);
              check(
                  Tensors.concat(axis, List.of(x.slice(axis, 0, 1), x.slice(axis, 1, size))),
                  shape,
                  v);
            }
          }
          if (shape.length > 0) {
            int[] part = x.shape().without(0).sizes();
            List<Tensor> rows = x.unstack();
            assertThat(rows).hasSize(shape[0]);
            for (int i = 0; i < shape[0]; i++) {
              check(rows.get(i), part, pick(x, 0, i));
              check(x.get(i), part, pick(x, 0, i));
            }
            if (shape[0] > 0) {
              check(Tensors.stack(rows), shape, v);
            }
          }
        });
  }

  private static double[] pick(Tensor x, int axis, int index) {
    double[] values = x.toArray();
    int[] shape = x.shape().sizes();
    return indices(shape).stream()
        .filter(i -> i[axis] == index)
        .mapToDouble(i -> values[at(shape, i)])
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void transpose_exchangesTwoAxes(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor x = Samples.of(5).tensor(2, 3, 4);
          Tensor last = x.transpose();
          Tensor first = x.transpose(1, 0);
          double[] v = x.toArray();
          check(
              last,
              new int[] {2, 4, 3},
              indices(2, 4, 3).stream().mapToDouble(i -> v[i[0] * 12 + i[2] * 4 + i[1]]).toArray());
          check(
              first,
              new int[] {3, 2, 4},
              indices(3, 2, 4).stream().mapToDouble(i -> v[i[1] * 12 + i[0] * 4 + i[2]]).toArray());
          check(last.transpose(), new int[] {2, 3, 4}, v);
          check(Samples.of(5).tensor(1, 3).transpose(), new int[] {3, 1}, pick(x, 0, 0, 3));
          check(Tensors.zeros(0, 3).transpose(), new int[] {3, 0});
        });
  }

  private static double[] pick(Tensor x, int axis, int index, int count) {
    return Arrays.copyOf(pick(x, axis, index), count);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gather_takesRows(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor table = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
          check(table.gather(2, 0, 2), new int[] {3, 2}, 5, 6, 1, 2, 5, 6);
          check(table.gather(), new int[] {0, 2});
          check(Tensor.of(1, 2, 3).gather(1, 1), new int[] {2}, 2, 2);
          check(
              table.broadcastTo(Shape.of(2, 3, 2)).gather(1).get(0),
              new int[] {3, 2},
              table.toArray());
        });
  }

  @ParameterizedTest
  @MethodSource("backends")
  void matmul_isRowsTimesColumns(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          int[] sizes = {0, 1, 2, 5};
          for (int m : sizes) {
            for (int k : sizes) {
              for (int n : sizes) {
                Samples samples = Samples.of(m * 36 + k * 6 + n);
                checkProduct(samples.tensor(m, k), samples.tensor(k, n));
              }
            }
          }
          checkProduct(Samples.of(1).tensor(4), Samples.of(2).tensor(4, 3));
          checkProduct(Samples.of(1).tensor(2, 3, 4), Samples.of(2).tensor(4, 5));
        });
  }

  private static void checkProduct(Tensor a, Tensor b) {
    int k = b.size(0);
    int n = b.size(1);
    double[] x = a.toArray();
    double[] y = b.toArray();
    int[] shape = a.shape().with(-1, n).sizes();
    double[] expected = new double[Shape.of(shape).length()];
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < k; j++) {
        expected[i] += x[i / n * k + j] * y[j * n + i % n];
      }
    }
    check(a.matmul(b), shape, expected);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void results_doNotChangeTheirInputs(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          Tensor x = Tensor.of(1, -2, 3);
          List<Supplier<Tensor>> operations =
              List.of(
                  () -> x.plus(x),
                  () -> x.times(2),
                  () -> Tensors.relu(x),
                  () -> x.reshape(3, 1).plus(1),
                  () -> x.slice(0, 1, 3).negate(),
                  () -> x.detach().times(5));
          operations.forEach(operation -> assertThat(operation.get().toArray()).isNotEmpty());
          assertThat(x.toArray()).containsExactly(1, -2, 3);
          assertThat(x.mean().item()).isCloseTo(2 / 3.0, within(1e-6));
        });
  }
}
