package unroll.backend.cpu;

/**
 * Sums. Those along a row go by sixteen chains, the elements c with the same c mod 16 in one, and
 * the chains are added in halves (0 + 8, 1 + 9, ... then 0 + 4, ... to 0 + 1): the same for every
 * width of vectors. {@link #fold} is that addition.
 */
public interface RowKernels {

  /** How many chains a sum along a row has. */
  int CHAINS = 16;

  /** y[yo + c] = sum over r, ascending, of x[xo + stride r + c], for c below columns. */
  void sumRows(int rows, int columns, float[] x, int xo, int stride, float[] y, int yo);

  /**
   * Softmax of one row and its cross-entropy.
   *
   * @return ln(sum over c of e^x[xo + c]) - x[xo + target]
   */
  float softmax(int n, int target, float[] x, int xo, float[] y, int yo);

  /** The sum of x[xo + i] y[yo + i] along a row. */
  float dot(int n, float[] x, int xo, float[] y, int yo);

  /** The sum of x[xo + i] along a row. */
  float sum(int n, float[] x, int xo);

  /** The sum of the squares of x[xo + i], in double precision. */
  double sumOfSquares(int n, float[] x, int xo);

  /** Adds sixteen chains. */
  static float fold(float[] chains) {
    for (int half = CHAINS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        chains[i] += chains[i + half];
      }
    }
    return chains[0];
  }

  /** Adds sixteen chains. */
  static double fold(double[] chains) {
    for (int half = CHAINS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        chains[i] += chains[i + half];
      }
    }
    return chains[0];
  }
}
