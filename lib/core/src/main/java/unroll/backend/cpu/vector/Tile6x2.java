package unroll.backend.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Six rows by two vectors of a product, in registers for the whole of the summed dimension.
 *
 * <p>For processors with 16 registers (AVX2, SSE): twelve sums, two factors and a broadcast number
 * fill 15 of them.
 *
 * <p>Every index is derived from the loop variable: with offsets carried from turn to turn the JIT
 * gave up on this loop. Each row's index is a sum of the row's own offset and one that the rows
 * share, and that one is never just {@code k}: otherwise one JIT or the other (17 for the rows, 25
 * for the panels and columns) broadcasts all six numbers before the first multiplication, has four
 * sums too many for its registers, and runs at half the speed. Where fewer rows are wanted, the
 * others do the last one's work again or work on what happens to be there; they are stored first
 * and so overwritten.
 */
final class Tile6x2 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private Tile6x2() {}

  /** A row-major; rows beyond the last repeat it. */
  static void rows(
      int rows,
      int depth,
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
    int last = rows - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    FloatVector c00 = FloatVector.fromArray(S, s, so);
    FloatVector c01 = FloatVector.fromArray(S, s, so + L);
    FloatVector c10 = FloatVector.fromArray(S, s, so + row1 * ss);
    FloatVector c11 = FloatVector.fromArray(S, s, so + row1 * ss + L);
    FloatVector c20 = FloatVector.fromArray(S, s, so + row2 * ss);
    FloatVector c21 = FloatVector.fromArray(S, s, so + row2 * ss + L);
    FloatVector c30 = FloatVector.fromArray(S, s, so + row3 * ss);
    FloatVector c31 = FloatVector.fromArray(S, s, so + row3 * ss + L);
    FloatVector c40 = FloatVector.fromArray(S, s, so + row4 * ss);
    FloatVector c41 = FloatVector.fromArray(S, s, so + row4 * ss + L);
    FloatVector c50 = FloatVector.fromArray(S, s, so + row5 * ss);
    FloatVector c51 = FloatVector.fromArray(S, s, so + row5 * ss + L);
    int a1 = ao + row1 * as;
    int a2 = ao + row2 * as;
    int a3 = ao + row3 * as;
    int a4 = ao + row4 * as;
    int a5 = ao + row5 * as;
    for (int k = 0; k < depth; k++) {
      int ak = (k & ~31) + (k & 31);
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * 32);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * 32 + L);
      FloatVector x = FloatVector.broadcast(S, a[ao + ak]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + ak]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + ak]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + ak]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + ak]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + ak]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c50.intoArray(c, co + row5 * cs);
    c51.intoArray(c, co + row5 * cs + L);
    c40.intoArray(c, co + row4 * cs);
    c41.intoArray(c, co + row4 * cs + L);
    c30.intoArray(c, co + row3 * cs);
    c31.intoArray(c, co + row3 * cs + L);
    c20.intoArray(c, co + row2 * cs);
    c21.intoArray(c, co + row2 * cs + L);
    c10.intoArray(c, co + row1 * cs);
    c11.intoArray(c, co + row1 * cs + L);
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
  }

  /** A in panels, which may be read beyond the last row. */
  static void panels(
      int rows,
      int depth,
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
    int last = rows - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    FloatVector c00 = FloatVector.fromArray(S, s, so);
    FloatVector c01 = FloatVector.fromArray(S, s, so + L);
    FloatVector c10 = FloatVector.fromArray(S, s, so + row1 * ss);
    FloatVector c11 = FloatVector.fromArray(S, s, so + row1 * ss + L);
    FloatVector c20 = FloatVector.fromArray(S, s, so + row2 * ss);
    FloatVector c21 = FloatVector.fromArray(S, s, so + row2 * ss + L);
    FloatVector c30 = FloatVector.fromArray(S, s, so + row3 * ss);
    FloatVector c31 = FloatVector.fromArray(S, s, so + row3 * ss + L);
    FloatVector c40 = FloatVector.fromArray(S, s, so + row4 * ss);
    FloatVector c41 = FloatVector.fromArray(S, s, so + row4 * ss + L);
    FloatVector c50 = FloatVector.fromArray(S, s, so + row5 * ss);
    FloatVector c51 = FloatVector.fromArray(S, s, so + row5 * ss + L);
    int a1 = ao + row1 * 32;
    int a2 = ao + row2 * 32;
    int a3 = ao + row3 * 32;
    int a4 = ao + row4 * 32;
    int a5 = ao + row5 * 32;
    for (int k = 0; k < depth; k++) {
      int ak = (k >> 5) * as + (k & 31);
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * 32);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * 32 + L);
      FloatVector x = FloatVector.broadcast(S, a[ao + ak]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + ak]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + ak]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + ak]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + ak]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + ak]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c50.intoArray(c, co + row5 * cs);
    c51.intoArray(c, co + row5 * cs + L);
    c40.intoArray(c, co + row4 * cs);
    c41.intoArray(c, co + row4 * cs + L);
    c30.intoArray(c, co + row3 * cs);
    c31.intoArray(c, co + row3 * cs + L);
    c20.intoArray(c, co + row2 * cs);
    c21.intoArray(c, co + row2 * cs + L);
    c10.intoArray(c, co + row1 * cs);
    c11.intoArray(c, co + row1 * cs + L);
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
  }

  /** A transposed, which may be read beyond the last row. */
  static void columns(
      int rows,
      int depth,
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
    int last = rows - 1;
    int row1 = Math.min(1, last);
    int row2 = Math.min(2, last);
    int row3 = Math.min(3, last);
    int row4 = Math.min(4, last);
    int row5 = Math.min(5, last);
    FloatVector c00 = FloatVector.fromArray(S, s, so);
    FloatVector c01 = FloatVector.fromArray(S, s, so + L);
    FloatVector c10 = FloatVector.fromArray(S, s, so + row1 * ss);
    FloatVector c11 = FloatVector.fromArray(S, s, so + row1 * ss + L);
    FloatVector c20 = FloatVector.fromArray(S, s, so + row2 * ss);
    FloatVector c21 = FloatVector.fromArray(S, s, so + row2 * ss + L);
    FloatVector c30 = FloatVector.fromArray(S, s, so + row3 * ss);
    FloatVector c31 = FloatVector.fromArray(S, s, so + row3 * ss + L);
    FloatVector c40 = FloatVector.fromArray(S, s, so + row4 * ss);
    FloatVector c41 = FloatVector.fromArray(S, s, so + row4 * ss + L);
    FloatVector c50 = FloatVector.fromArray(S, s, so + row5 * ss);
    FloatVector c51 = FloatVector.fromArray(S, s, so + row5 * ss + L);
    int a1 = ao + row1;
    int a2 = ao + row2;
    int a3 = ao + row3;
    int a4 = ao + row4;
    int a5 = ao + row5;
    for (int k = 0; k < depth; k++) {
      int ak = k * as;
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * 32);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * 32 + L);
      FloatVector x = FloatVector.broadcast(S, a[ao + ak]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + ak]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + ak]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + ak]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + ak]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + ak]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c50.intoArray(c, co + row5 * cs);
    c51.intoArray(c, co + row5 * cs + L);
    c40.intoArray(c, co + row4 * cs);
    c41.intoArray(c, co + row4 * cs + L);
    c30.intoArray(c, co + row3 * cs);
    c31.intoArray(c, co + row3 * cs + L);
    c20.intoArray(c, co + row2 * cs);
    c21.intoArray(c, co + row2 * cs + L);
    c10.intoArray(c, co + row1 * cs);
    c11.intoArray(c, co + row1 * cs + L);
    c00.intoArray(c, co);
    c01.intoArray(c, co + L);
  }
}
