package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One test's side of a backend: seeded numbers that it can hold, and buffers that are slices of
 * larger ones. {@link #check} finds what was written beside a slice or into an input.
 */
final class Host {

  /** Lengths around those of vectors and tiles. */
  static final int[] SIZES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 257};

  private static final double GUARD = 12_345;

  private final Backend backend;
  private final Random random;
  private final List<Placed> placed = new ArrayList<>();

  /** A buffer of a test; unchanged is what an input must still hold, null for an output. */
  private record Placed(Buffer whole, int offset, int length, double[] unchanged) {}

  Host(Backend backend, long seed) {
    this.backend = backend;
    this.random = new Random(seed);
  }

  /** The distance of 1 to the next number. */
  double epsilon() {
    return backend.precision() == Precision.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
  }

  double rounded(double x) {
    return backend.precision() == Precision.FLOAT32 ? (float) x : x;
  }

  double[] uniform(int length, double low, double high) {
    double[] x = new double[length];
    Arrays.setAll(x, i -> rounded(low + (high - low) * random.nextDouble()));
    return x;
  }

  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  /** A buffer with these numbers that nobody may write to. */
  Buffer in(double... values) {
    return place(values, values.clone());
  }

  /** A buffer with these numbers that will be written to. */
  Buffer inOut(double... values) {
    return place(values, null);
  }

  /** A buffer for a result; it holds NaN, so that reading it before writing shows. */
  Buffer out(int length) {
    double[] undefined = new double[length];
    Arrays.fill(undefined, Double.NaN);
    return place(undefined, null);
  }

  private Buffer place(double[] values, double[] unchanged) {
    int offset = random.nextInt(20);
    Buffer whole = backend.allocate(offset + values.length + random.nextInt(20));
    backend.fill(whole, GUARD);
    Buffer slice = whole.slice(offset, values.length);
    backend.write(values, slice);
    placed.add(new Placed(whole, offset, values.length, unchanged));
    return slice;
  }

  double[] read(Buffer buffer) {
    double[] values = new double[buffer.length()];
    backend.read(buffer, values);
    return values;
  }

  /** Fails if an operation wrote outside its outputs. */
  void check() {
    for (Placed p : placed) {
      double[] all = read(p.whole());
      int end = p.offset() + p.length();
      for (int i = 0; i < all.length; i++) {
        if ((i < p.offset() || i >= end) && all[i] != GUARD) {
          fail("%s was written %d places from a slice of %d", all[i], i - p.offset(), p.length());
        }
      }
      if (p.unchanged() != null && !same(p.unchanged(), all, p.offset())) {
        fail("an input of %d numbers was written to", p.length());
      }
    }
  }

  private static boolean same(double[] expected, double[] all, int offset) {
    return Arrays.equals(expected, 0, expected.length, all, offset, offset + expected.length);
  }

  /**
   * Each number may differ by absolute + relative |expected|; NaN and infinity must be the same.
   */
  static void assertClose(
      String what, double[] actual, double[] expected, double absolute, double relative) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(actual[i] - expected[i]);
      boolean same = Double.compare(actual[i] + 0.0, expected[i] + 0.0) == 0;
      if (!same && !(error <= absolute + relative * Math.abs(expected[i]))) {
        fail("%s [%d]: expected %s, got %s", what, i, expected[i], actual[i]);
      }
    }
  }

  /** The largest error may be a share of the largest magnitude. */
  static void assertCloseInAll(String what, double[] actual, double[] expected, double share) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertClose(what, actual, expected, share * largest, 0);
  }
}
