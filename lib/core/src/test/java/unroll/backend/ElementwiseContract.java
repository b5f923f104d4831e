package unroll.backend;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of each number by itself. */
interface ElementwiseContract {

  /** Units in the last place that a result may be off. */
  int ULPS = 16;

  Backend backend();

  @ParameterizedTest
  @EnumSource(Unary.class)
  default void map_scalarLoop(Unary f) {
    boolean positive = f == Unary.SQRT || f == Unary.LOG;
    for (int size : Host.SIZES) {
      for (double range : new double[] {1e-4, 1, 20, 80}) {
        Host host = new Host(backend(), size);
        double[] x = host.uniform(size, positive ? 0 : -range, range);
        double[] expected = Arrays.stream(x).map(value -> scalar(f, value)).toArray();
        Buffer out = host.out(size);
        backend().map(f, host.in(x), out);
        assertNear(f + " to " + range, host, out, expected);
        Buffer both = host.inOut(x);
        backend().map(f, both, both);
        assertNear(f + " in place", host, both, expected);
        host.check();
      }
    }
  }

  /** Each special number in every place of a vector, among ordinary ones. */
  @ParameterizedTest
  @EnumSource(
      value = Unary.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SIGN"})
  default void map_specialNumbers(Unary f) {
    double[] special = {NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY, 0.0, -0.0, 1000, -1000, 1e-30};
    for (double value : special) {
      for (int place = 0; place < 33; place++) {
        Host host = new Host(backend(), place);
        double[] x = host.uniform(33, 0.5, 2);
        x[place] = host.rounded(value);
        double[] expected = Arrays.stream(x).map(v -> host.rounded(scalar(f, v))).toArray();
        Buffer out = host.out(33);
        backend().map(f, host.in(x), out);
        assertNear(f + "(" + value + ") at " + place, host, out, expected);
      }
    }
  }

  @Test
  default void sign_ofNumbersAndZeros() {
    Host host = new Host(backend(), 1);
    double[] x = {-3, 3, 0, -0.0, 1e-30, NEGATIVE_INFINITY, POSITIVE_INFINITY};
    Buffer out = host.out(7);
    backend().map(Unary.SIGN, host.in(x), out);
    assertNear("sign", host, out, new double[] {-1, 1, 0, 0, 1, -1, 1});
  }

  /** Gates must saturate at their bounds, never past them. */
  @Test
  default void sigmoidAndTanh_stayWithinBounds() {
    for (int seed = 0; seed < 5; seed++) {
      Host host = new Host(backend(), seed);
      Buffer x = host.in(host.uniform(1000, -100, 100));
      Buffer out = host.out(1000);
      backend().map(Unary.SIGMOID, x, out);
      Host.assertClose("sigmoid", host.read(out), filled(1000, 0.5), 0.5, 0);
      backend().map(Unary.TANH, x, out);
      Host.assertClose("tanh", host.read(out), filled(1000, 0), 1, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Binary.class)
  default void zip_scalarLoop(Binary f) {
    for (int size : Host.SIZES) {
      Host host = new Host(backend(), size);
      double[] a = host.uniform(size, -2, 2);
      double[] b = host.uniform(size, -2, 2);
      for (int i = 0; i < size; i += 3) {
        b[i] = a[i];
      }
      double[] expected = both(a, b, (x, y) -> scalar(f, x, y));
      Buffer out = host.out(size);
      backend().zip(f, host.in(a), host.in(b), out);
      // 1 - y² loses digits where y is near 1
      double absolute = f == Binary.TANH_GRADIENT ? ULPS * host.epsilon() : 0;
      double relative = ULPS * host.epsilon();
      Host.assertClose(f.name(), host.read(out), expected, absolute, relative);
      Buffer left = host.inOut(a);
      backend().zip(f, left, host.in(b), left);
      Host.assertClose(f + " into a", host.read(left), expected, absolute, relative);
      Buffer right = host.inOut(b);
      backend().zip(f, host.in(a), right, right);
      Host.assertClose(f + " into b", host.read(right), expected, absolute, relative);
      Buffer all = host.inOut(a);
      backend().zip(f, all, all, all);
      double[] alone = both(a, a, (x, y) -> scalar(f, x, y));
      Host.assertClose(f + " all in one", host.read(all), alone, absolute, relative);
      host.check();
    }
  }

  @ParameterizedTest
  @EnumSource(Binary.class)
  default void zip_specialNumbers(Binary f) {
    boolean product = f == Binary.SIGMOID_GRADIENT || f == Binary.TANH_GRADIENT;
    double[] special =
        product // where infinities meet zeros, the order of the factors would show
            ? new double[] {NaN, 0.0, 1, -1}
            : new double[] {NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY, 0.0, 1, -1};
    for (double x : special) {
      for (double y : special) {
        Host host = new Host(backend(), 1);
        for (int place : new int[] {0, 7, 15, 16, 32}) {
          double[] a = host.uniform(33, 0.5, 2);
          double[] b = host.uniform(33, 0.5, 2);
          a[place] = x;
          b[place] = y;
          double[] expected = both(a, b, (p, q) -> scalar(f, p, q));
          Buffer out = host.out(33);
          backend().zip(f, host.in(a), host.in(b), out);
          double tolerance = ULPS * host.epsilon();
          Host.assertClose(
              f + "(" + x + ", " + y + ") at " + place,
              host.read(out),
              expected,
              tolerance,
              tolerance);
        }
      }
    }
  }

  @Test
  default void affineAndAddScaled_scalarLoop() {
    for (int size : Host.SIZES) {
      Host host = new Host(backend(), size);
      double scale = host.uniform(1, -2, 2)[0];
      double shift = host.uniform(1, -2, 2)[0];
      double[] x = host.uniform(size, -1, 1);
      double[] y = host.uniform(size, -1, 1);
      double[] line = Arrays.stream(x).map(v -> scale * v + shift).toArray();
      double absolute = 4 * host.epsilon();
      Buffer out = host.out(size);
      backend().affine(scale, host.in(x), shift, out);
      Host.assertClose("affine", host.read(out), line, absolute, 0);
      Buffer both = host.inOut(x);
      backend().affine(scale, both, shift, both);
      Host.assertClose("affine in place", host.read(both), line, absolute, 0);
      Buffer sum = host.inOut(y);
      backend().addScaled(scale, host.in(x), sum);
      double[] expected = both(x, y, (p, q) -> q + scale * p);
      Host.assertClose("addScaled", host.read(sum), expected, absolute, 0);
      Buffer self = host.inOut(x);
      backend().addScaled(scale, self, self);
      double[] grown = Arrays.stream(x).map(v -> v + scale * v).toArray();
      Host.assertClose("addScaled to itself", host.read(self), grown, absolute, 0);
      host.check();
    }
  }

  @Test
  default void affine_byOne_isAnExactCopy() {
    Host host = new Host(backend(), 3);
    double[] x = host.uniform(100, -1e30, 1e30);
    x[5] = NaN;
    x[6] = NEGATIVE_INFINITY;
    Buffer out = host.out(100);
    backend().affine(1, host.in(x), 0, out);
    Host.assertClose("affine", host.read(out), x, 0, 0);
  }

  @Test
  default void adam_scalarLoop() {
    for (int size : Host.SIZES) {
      Host host = new Host(backend(), size);
      double[] p = host.uniform(size, -1, 1);
      double[] m = new double[size];
      double[] v = new double[size];
      Buffer parameter = host.inOut(p);
      Buffer first = host.inOut(m);
      Buffer second = host.inOut(v);
      for (int step = 1; step <= 5; step++) {
        double[] g = host.uniform(size, -1, 1);
        double rate = 0.01 / (1 - Math.pow(0.9, step));
        double correction = 1 - Math.pow(0.999, step);
        backend().adam(parameter, host.in(g), first, second, rate, 0.9, 0.999, correction, 1e-8);
        for (int i = 0; i < size; i++) {
          m[i] = 0.9 * m[i] + 0.1 * g[i];
          v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
          p[i] -= rate * m[i] / (Math.sqrt(v[i] / correction) + 1e-8);
        }
      }
      double tolerance = 100 * host.epsilon();
      Host.assertClose("p", host.read(parameter), p, tolerance, 0);
      Host.assertClose("m", host.read(first), m, tolerance, 0);
      Host.assertClose("v", host.read(second), v, tolerance, 0);
      host.check();
    }
  }

  private static void assertNear(String what, Host host, Buffer actual, double[] expected) {
    double relative = ULPS * host.epsilon();
    Host.assertClose(what, host.read(actual), expected, Float.MIN_NORMAL, relative);
  }

  private static double[] both(double[] a, double[] b, DoubleBinaryOperator f) {
    double[] results = new double[a.length];
    Arrays.setAll(results, i -> f.applyAsDouble(a[i], b[i]));
    return results;
  }

  private static double[] filled(int length, double value) {
    double[] x = new double[length];
    Arrays.fill(x, value);
    return x;
  }

  private static double scalar(Unary f, double x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case RELU -> Math.max(0, x);
    };
  }

  private static double scalar(Binary f, double a, double b) {
    return switch (f) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case AT_LEAST -> a >= b ? 1 : 0;
      case SIGMOID_GRADIENT -> b * a * (1 - a);
      case TANH_GRADIENT -> b * (1 - a * a);
      case RELU_GRADIENT -> a > 0 ? b : 0;
    };
  }
}
