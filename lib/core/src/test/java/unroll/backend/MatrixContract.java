package unroll.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The product of matrices in all its forms. */
interface MatrixContract {

  Backend backend();

  /** One product and its scalar loop. */
  record Product(boolean transposeA, boolean transposeB, boolean accumulate, int m, int n, int k) {

    double[] scalar(double[] a, double[] b, double[] c) {
      double[] out = accumulate ? c.clone() : new double[m * n];
      for (int row = 0; row < m; row++) {
        for (int column = 0; column < n; column++) {
          for (int i = 0; i < k; i++) {
            double x = a[transposeA ? i * m + row : row * k + i];
            double y = b[transposeB ? column * k + i : i * n + column];
            out[row * n + column] += x * y;
          }
        }
      }
      return out;
    }

    Buffer run(Backend backend, Host host, double[] a, double[] b, double[] c) {
      Buffer out = accumulate ? host.inOut(c) : host.out(m * n);
      backend.matmul(transposeA, transposeB, m, n, k, host.in(a), host.in(b), out, accumulate);
      return out;
    }

    void check(Backend backend, long seed) {
      Host host = new Host(backend, seed);
      double[] a = host.uniform(m * k, -1, 1);
      double[] b = host.uniform(k * n, -1, 1);
      double[] c = host.uniform(m * n, -1, 1);
      double[] actual = host.read(run(backend, host, a, b, c));
      double tolerance = host.epsilon() * (2 + k);
      Host.assertClose(toString(), actual, scalar(a, b, c), tolerance, 0);
      host.check();
    }
  }

  private static void checkAllForms(Backend backend, int m, int n, int k) {
    for (int form = 0; form < 8; form++) {
      new Product((form & 1) > 0, (form & 2) > 0, (form & 4) > 0, m, n, k)
          .check(backend, m * 31L + n * 7L + k);
    }
  }

  @Test
  default void matmul_allSmallShapes() {
    for (int m = 1; m <= 9; m++) {
      for (int n = 1; n <= 9; n++) {
        for (int k : new int[] {1, 2, 5, 8, 9}) {
          checkAllForms(backend(), m, n, k);
        }
      }
    }
  }

  @Test
  default void matmul_shapesAroundTiles() {
    Host host = new Host(backend(), 1);
    for (int i = 0; i < 60; i++) {
      checkAllForms(
          backend(),
          host.oneOf(1, 7, 8, 12, 31, 33, 64),
          host.oneOf(1, 8, 15, 16, 31, 33, 64, 65),
          host.oneOf(1, 3, 31, 33, 64));
    }
    checkAllForms(backend(), 65, 97, 129);
    checkAllForms(backend(), 3, 130, 257);
  }

  @Test
  default void matmul_nothingToSum_isZeroOrWhatWasThere() {
    for (int[] shape : new int[][] {{3, 4, 0}, {1, 1, 0}, {0, 5, 3}, {5, 0, 3}, {0, 0, 0}}) {
      checkAllForms(backend(), shape[0], shape[1], shape[2]);
    }
  }

  @Test
  default void matmul_withItself() {
    Host host = new Host(backend(), 5);
    double[] x = host.uniform(33 * 9, -1, 1);
    Buffer both = host.in(x);
    Buffer out = host.out(9 * 9);
    backend().matmul(true, false, 9, 9, 33, both, both, out, false);
    double[] expected = new Product(true, false, false, 9, 9, 33).scalar(x, x, null);
    Host.assertClose("XᵀX", host.read(out), expected, 34 * host.epsilon(), 0);
    host.check();
  }

  /** A NaN shows in its own row or column, also where it meets a zero, and nowhere else. */
  @Test
  default void matmul_NaNStaysInItsRowAndColumn() {
    for (int form = 0; form < 8; form++) {
      Product product = new Product((form & 1) > 0, (form & 2) > 0, (form & 4) > 0, 9, 18, 17);
      Host host = new Host(backend(), form);
      double[] a = host.uniform(9 * 17, -1, 1);
      double[] b = host.uniform(17 * 18, -1, 1);
      double[] c = host.uniform(9 * 18, -1, 1);
      Arrays.fill(b, 0, 40, 0.0);
      a[host.between(0, a.length - 1)] = Double.NaN;
      double[] actual = host.read(product.run(backend(), host, a, b, c));
      double tolerance = 20 * host.epsilon();
      Host.assertClose("NaN in a " + product, actual, product.scalar(a, b, c), tolerance, 0);
      double[] clean = host.uniform(9 * 17, -1, 1);
      b[host.between(0, b.length - 1)] = Double.POSITIVE_INFINITY;
      actual = host.read(product.run(backend(), host, clean, b, c));
      Host.assertClose("∞ in b " + product, actual, product.scalar(clean, b, c), tolerance, 0);
    }
  }

  @Test
  default void severalThreads_theSameBits() throws InterruptedException, ExecutionException {
    Product product = new Product(false, true, false, 33, 65, 64);
    Host data = new Host(backend(), 9);
    double[] a = data.uniform(33 * 64, -1, 1);
    double[] b = data.uniform(64 * 65, -1, 1);
    double[] expected = data.read(product.run(backend(), data, a, b, null));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var results =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            Host host = new Host(backend(), i);
                            double[] out = host.read(product.run(backend(), host, a, b, null));
                            host.check();
                            return out;
                          }))
              .toList();
      for (Future<double[]> result : results) {
        assertThat(result.get()).containsExactly(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
