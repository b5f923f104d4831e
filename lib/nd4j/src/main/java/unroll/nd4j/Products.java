package unroll.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of matrices by the BLAS beneath ND4J. That knows column order only, so a row-major C = A
 * B is asked for as Cᵀ = Bᵀ Aᵀ: the same memory, nothing is copied.
 */
final class Products {

  private Products() {}

  /** out = A B, or out += A B; see {@link unroll.backend.Backend#matmul}. */
  static void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Nd4jBuffer a,
      Nd4jBuffer b,
      Nd4jBuffer out,
      boolean accumulate) {
    INDArray right = transposeA ? a.transposed(k, m) : a.transposed(m, k);
    INDArray left = transposeB ? b.transposed(n, k) : b.transposed(k, n);
    Nd4j.getBlasWrapper()
        .level3()
        .gemm(left, right, out.transposed(m, n), transposeB, transposeA, 1, accumulate ? 1 : 0);
  }
}
