package unroll.backend.cpu.vector;

import unroll.backend.cpu.ProductKernels;

/**
 * Products by register tiles, of a shape that suits the processor: eight rows where there are 32
 * registers (512-bit vectors, ARM), otherwise six. A tile is two vectors wide; what is left of the
 * rows goes to a tile of four or, where it is more, to one more large tile.
 */
final class VectorProducts implements ProductKernels {

  private static final int L = Lanes.COUNT;
  private static final boolean EIGHT = L >= 16 || System.getProperty("os.arch").equals("aarch64");
  private static final int ROWS = EIGHT ? 8 : 6;
  private static final int SMALL = 4;

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
    for (int v = 0; v < columns; v += 2 * L) {
      boolean half = columns - v == L;
      for (int r = 0; r < rows; ) {
        int left = rows - r;
        int ar = ao + r * as;
        int sr = so + r * ss + v;
        int cr = co + r * cs + v;
        if (half) {
          Tile8x1.rows(Math.min(8, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += 8;
        } else if (left <= SMALL || (left == 2 * SMALL && !EIGHT)) {
          Tile4x2.rows(Math.min(SMALL, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += SMALL;
        } else if (EIGHT) {
          Tile8x2.rows(Math.min(8, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += ROWS;
        } else {
          Tile6x2.rows(Math.min(6, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += ROWS;
        }
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
    for (int v = 0; v < columns; v += 2 * L) {
      boolean half = columns - v == L;
      for (int r = 0; r < rows; ) {
        int left = rows - r;
        int ar = ao + r * 32;
        int sr = so + r * ss + v;
        int cr = co + r * cs + v;
        if (half) {
          Tile8x1.panels(Math.min(8, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += 8;
        } else if (left <= SMALL || (left == 2 * SMALL && !EIGHT)) {
          Tile4x2.panels(Math.min(SMALL, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += SMALL;
        } else if (EIGHT) {
          Tile8x2.panels(Math.min(8, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += ROWS;
        } else {
          Tile6x2.panels(Math.min(6, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += ROWS;
        }
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
    for (int v = 0; v < columns; v += 2 * L) {
      boolean half = columns - v == L;
      for (int r = 0; r < rows; ) {
        int left = rows - r;
        int ar = ao + r;
        int sr = so + r * ss + v;
        int cr = co + r * cs + v;
        if (half) {
          Tile8x1.columns(Math.min(8, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += 8;
        } else if (left <= SMALL || (left == 2 * SMALL && !EIGHT)) {
          Tile4x2.columns(Math.min(SMALL, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += SMALL;
        } else if (EIGHT) {
          Tile8x2.columns(Math.min(8, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += ROWS;
        } else {
          Tile6x2.columns(Math.min(6, left), depth, a, ar, as, b, bo + v, s, sr, ss, c, cr, cs);
          r += ROWS;
        }
      }
    }
  }
}
