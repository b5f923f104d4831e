package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Sums, maxima and repetitions along an axis. */
interface ReductionContract {

  Backend backend();

  /** A buffer seen as [outer, axis, inner]. */
  record Axes(int outer, int axis, int inner) {
    static Axes random(Host host) {
      return new Axes(
          host.oneOf(0, 1, 1, 2, 3, 9),
          host.oneOf(0, 1, 2, 3, 5, 8, 31, 33, 64),
          host.oneOf(1, 1, 2, 3, 7, 8, 9, 16, 31, 33, 64));
    }

    int large() {
      return outer * axis * inner;
    }

    int small() {
      return outer * inner;
    }

    /** Folds along the axis. */
    double[] fold(double[] x, double start, DoubleBinaryOperator f) {
      double[] results = new double[small()];
      Arrays.fill(results, start);
      for (int i = 0; i < x.length; i++) {
        int to = i / inner / axis * inner + i % inner;
        results[to] = f.applyAsDouble(results[to], x[i]);
      }
      return results;
    }
  }

  @Test
  default void sum_scalarLoop() {
    for (int seed = 0; seed < 200; seed++) {
      Host host = new Host(backend(), seed);
      Axes axes = Axes.random(host);
      double[] x = host.uniform(axes.large(), -1, 1);
      Buffer out = host.out(axes.small());
      backend().sum(axes.outer(), axes.axis(), axes.inner(), host.in(x), out);
      double tolerance = host.epsilon() * (1 + axes.axis());
      Host.assertClose("sum " + axes, host.read(out), axes.fold(x, 0, Double::sum), tolerance, 0);
      host.check();
    }
  }

  @Test
  default void max_scalarLoop() {
    for (int seed = 0; seed < 200; seed++) {
      Host host = new Host(backend(), seed);
      Axes axes = Axes.random(host);
      double[] x = host.uniform(axes.large(), -1, 0.1);
      Buffer out = host.out(axes.small());
      backend().max(axes.outer(), axes.axis(), axes.inner(), host.in(x), out);
      double[] expected = axes.fold(x, Double.NEGATIVE_INFINITY, Math::max);
      Host.assertClose("max " + axes, host.read(out), expected, 0, 0);
      host.check();
    }
  }

  @Test
  default void maxAndSum_keepNaNAndInfinityWhereTheyAre() {
    double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (Axes axes : new Axes[] {new Axes(2, 9, 17), new Axes(3, 33, 1), new Axes(1, 1, 20)}) {
      for (double value : special) {
        for (int place = 0; place < axes.large(); place += 5) {
          Host host = new Host(backend(), place);
          double[] x = host.uniform(axes.large(), -1, 1);
          x[place] = value;
          Buffer out = host.out(axes.small());
          backend().max(axes.outer(), axes.axis(), axes.inner(), host.in(x), out);
          double[] max = axes.fold(x, Double.NEGATIVE_INFINITY, Math::max);
          Host.assertClose("max with " + value, host.read(out), max, 0, 0);
          backend().sum(axes.outer(), axes.axis(), axes.inner(), host.in(x), out);
          double[] sum = axes.fold(x, 0, Double::sum);
          Host.assertClose(
              "sum with " + value, host.read(out), sum, host.epsilon() * axes.axis(), 0);
        }
      }
    }
  }

  @Test
  default void repeat_scalarLoop() {
    for (int seed = 0; seed < 200; seed++) {
      Host host = new Host(backend(), seed);
      Axes axes = Axes.random(host);
      double[] x = host.uniform(axes.small(), -1, 1);
      double[] expected = new double[axes.large()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = x[i / axes.inner() / axes.axis() * axes.inner() + i % axes.inner()];
      }
      Buffer out = host.out(axes.large());
      backend().repeat(axes.outer(), axes.axis(), axes.inner(), host.in(x), out);
      assertThat(host.read(out)).as("repeat " + axes).containsExactly(expected);
      host.check();
    }
  }

  @Test
  default void sumOfSquares_scalarLoop() {
    for (int size : Host.SIZES) {
      Host host = new Host(backend(), size);
      double[] x = host.uniform(size, -3, 3);
      double expected = Arrays.stream(x).map(v -> v * v).sum();
      double tolerance = host.epsilon() * (1 + size) * (1 + expected);
      assertThat(backend().sumOfSquares(host.in(x))).isCloseTo(expected, within(tolerance));
      host.check();
    }
  }

  /** A norm that is not finite tells of the first NaN. */
  @Test
  default void sumOfSquares_specialNumbersShow() {
    Host host = new Host(backend(), 1);
    for (int place : new int[] {0, 15, 16, 64}) {
      double[] x = host.uniform(65, -1, 1);
      x[place] = Double.NaN;
      assertThat(backend().sumOfSquares(host.in(x))).isNaN();
      x[place] = Double.NEGATIVE_INFINITY;
      assertThat(backend().sumOfSquares(host.in(x))).isEqualTo(Double.POSITIVE_INFINITY);
    }
  }
}
