package unroll.backend.cpu;

/**
 * Sums. Those along a row go by sixteen chains, the elements c with the same c mod 16 in one, and
 * the chains are added in halves (0 + 8, 1 + 9, ... then 0 + 4, ... to 0 + 1): the same for every
 * width of vectors. {@link #fold} is that addition.
 */
public interface RowKernels {

  /** How many chains a sum along a row has. */
  int CHAINS = 16;

  /** y[yo + c] += x[xo + stride r + c], one after the other for r ascending, c below columns. */
  void addRows(int rows, int columns, float[] x, int xo, int stride, float[] y, int yo);

  /**
   * y[yo + c] = x[xo + c] - max: what an exponential can take without overflow.
   *
   * @return max, the greatest of x[xo + c]
   */
  float shift(int n, float[] x, int xo, float[] y, int yo);

  /**
   * Divides a row by its sum.
   *
   * @return the sum
   */
  float normalise(int n, float[] y, int yo);

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
