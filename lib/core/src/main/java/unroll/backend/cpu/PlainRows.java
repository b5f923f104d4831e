package unroll.backend.cpu;

/** Sums, one number after the other. */
final class PlainRows implements RowKernels {

  @Override
  public void addRows(int rows, int columns, float[] x, int xo, int stride, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int row = xo + r * stride;
      for (int c = 0; c < columns; c++) {
        y[yo + c] += x[row + c];
      }
    }
  }

  @Override
  public float shift(int n, float[] x, int xo, float[] y, int yo) {
    float max = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < n; c++) {
      max = Math.max(max, x[xo + c]);
    }
    for (int c = 0; c < n; c++) {
      y[yo + c] = x[xo + c] - max;
    }
    return max;
  }

  @Override
  public float normalise(int n, float[] y, int yo) {
    float sum = sum(n, y, yo);
    float scale = 1 / sum;
    for (int c = 0; c < n; c++) {
      y[yo + c] *= scale;
    }
    return sum;
  }

  @Override
  public float dot(int n, float[] x, int xo, float[] y, int yo) {
    float[] chains = new float[CHAINS];
    for (int c = 0; c < n; c++) {
      chains[c % CHAINS] = Math.fma(x[xo + c], y[yo + c], chains[c % CHAINS]);
    }
    return RowKernels.fold(chains);
  }

  @Override
  public float sum(int n, float[] x, int xo) {
    float[] chains = new float[CHAINS];
    for (int c = 0; c < n; c++) {
      chains[c % CHAINS] += x[xo + c];
    }
    return RowKernels.fold(chains);
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xo) {
    double[] chains = new double[CHAINS];
    for (int c = 0; c < n; c++) {
      double value = x[xo + c];
      chains[c % CHAINS] = Math.fma(value, value, chains[c % CHAINS]);
    }
    return RowKernels.fold(chains);
  }
}
