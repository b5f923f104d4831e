package unroll.backend.cpu;

/**
 * Products in plain Java: tiles of two rows by four columns, eight scalar sums, which come close to
 * what scalar multiply-adds can do. Loops over the columns of a panel, which the JIT would turn
 * into vectors, were slower: 32 columns are too few for what it puts before and after such a loop.
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
    for (int r = 0; r < rows; r += 2) {
      int next = Math.min(1, rows - 1 - r);
      for (int j = 0; j < columns; j += 4) {
        tile(
            depth,
            a,
            ao + r * as,
            next * as,
            Panels.WIDTH,
            1,
            b,
            bo + j,
            s,
            so + r * ss + j,
            next * ss,
            c,
            co + r * cs + j,
            next * cs);
      }
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
    for (int r = 0; r < rows; r += 2) {
      int next = Math.min(1, rows - 1 - r);
      for (int j = 0; j < columns; j += 4) {
        tile(
            depth,
            a,
            ao + r * Panels.WIDTH,
            next * Panels.WIDTH,
            as,
            1,
            b,
            bo + j,
            s,
            so + r * ss + j,
            next * ss,
            c,
            co + r * cs + j,
            next * cs);
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
    for (int r = 0; r < rows; r += 2) {
      int next = Math.min(1, rows - 1 - r);
      for (int j = 0; j < columns; j += 4) {
        tile(
            depth,
            a,
            ao + r * 1,
            next * 1,
            Panels.WIDTH * as,
            as,
            b,
            bo + j,
            s,
            so + r * ss + j,
            next * ss,
            c,
            co + r * cs + j,
            next * cs);
      }
    }
  }

  /**
   * Two rows by four columns; where there is one row left it is done twice.
   *
   * @param row from a row of A to the next
   * @param panel from 32 steps along A to the next 32
   * @param step from a step along A to the next
   */
  private static void tile(
      int depth,
      float[] a,
      int ao,
      int row,
      int panel,
      int step,
      float[] b,
      int bo,
      float[] s,
      int so,
      int ss,
      float[] c,
      int co,
      int cs) {
    float c00 = s[so];
    float c01 = s[so + 1];
    float c02 = s[so + 2];
    float c03 = s[so + 3];
    float c10 = s[so + ss];
    float c11 = s[so + ss + 1];
    float c12 = s[so + ss + 2];
    float c13 = s[so + ss + 3];
    for (int k = 0; k < depth; k++) {
      int ak = ao + (k >> 5) * panel + (k & 31) * step;
      int bk = bo + k * Panels.WIDTH;
      float a0 = a[ak];
      float a1 = a[ak + row];
      float b0 = b[bk];
      float b1 = b[bk + 1];
      float b2 = b[bk + 2];
      float b3 = b[bk + 3];
      c00 = Math.fma(a0, b0, c00);
      c01 = Math.fma(a0, b1, c01);
      c02 = Math.fma(a0, b2, c02);
      c03 = Math.fma(a0, b3, c03);
      c10 = Math.fma(a1, b0, c10);
      c11 = Math.fma(a1, b1, c11);
      c12 = Math.fma(a1, b2, c12);
      c13 = Math.fma(a1, b3, c13);
    }
    c[co + cs] = c10;
    c[co + cs + 1] = c11;
    c[co + cs + 2] = c12;
    c[co + cs + 3] = c13;
    c[co] = c00;
    c[co + 1] = c01;
    c[co + 2] = c02;
    c[co + 3] = c03;
  }
}
