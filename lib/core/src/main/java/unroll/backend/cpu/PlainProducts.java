package unroll.backend.cpu;

/**
 * Products in plain Java. The inner loop runs over the columns of a panel and takes four steps of
 * the chain at a time, so that a JIT which finds vectors by itself finds them here.
 */
final class PlainProducts implements ProductKernels {

  @Override
  public void byRows(
      int rows,
      int depth,
      int columns,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      float[] s,
      int so,
      int ss,
      float[] c,
      int co,
      int cs) {
    for (int r = 0; r < rows; r++) {
      start(columns, s, so + ss * r, c, co + cs * r);
      chain(depth, columns, a, ao + as * r, 1, b, bo, c, co + cs * r);
    }
  }

  @Override
  public void byPanels(
      int rows,
      int depth,
      int columns,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      float[] s,
      int so,
      int ss,
      float[] c,
      int co,
      int cs) {
    for (int r = 0; r < rows; r++) {
      start(columns, s, so + ss * r, c, co + cs * r);
      for (int k = 0; k < depth; k += Panels.WIDTH) {
        int at = ao + k / Panels.WIDTH * as + r * Panels.WIDTH;
        int steps = Math.min(Panels.WIDTH, depth - k);
        chain(steps, columns, a, at, 1, b, bo + k * Panels.WIDTH, c, co + cs * r);
      }
    }
  }

  @Override
  public void byColumns(
      int rows,
      int depth,
      int columns,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      float[] s,
      int so,
      int ss,
      float[] c,
      int co,
      int cs) {
    for (int r = 0; r < rows; r++) {
      start(columns, s, so + ss * r, c, co + cs * r);
      chain(depth, columns, a, ao + r, as, b, bo, c, co + cs * r);
    }
  }

  private static void start(int columns, float[] s, int so, float[] c, int co) {
    if (s != c || so != co) {
      System.arraycopy(s, so, c, co, columns);
    }
  }

  /** C[c] += sum over k of a[ao + step k] B[k, c]. */
  private static void chain(
      int depth, int columns, float[] a, int ao, int step, float[] b, int bo, float[] c, int co) {
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      float a0 = a[ao + step * k];
      float a1 = a[ao + step * (k + 1)];
      float a2 = a[ao + step * (k + 2)];
      float a3 = a[ao + step * (k + 3)];
      int row = bo + k * Panels.WIDTH;
      for (int j = 0; j < columns; j++) {
        float sum = Math.fma(a0, b[row + j], c[co + j]);
        sum = Math.fma(a1, b[row + Panels.WIDTH + j], sum);
        sum = Math.fma(a2, b[row + 2 * Panels.WIDTH + j], sum);
        c[co + j] = Math.fma(a3, b[row + 3 * Panels.WIDTH + j], sum);
      }
    }
    for (; k < depth; k++) {
      float a0 = a[ao + step * k];
      int row = bo + k * Panels.WIDTH;
      for (int j = 0; j < columns; j++) {
        c[co + j] = Math.fma(a0, b[row + j], c[co + j]);
      }
    }
  }
}
