package unroll.backend.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight rows by one vector of a product, in registers for the whole of the summed dimension.
 *
 * <p>For the last columns of a matrix where 16 are enough: eight sums still hide the latency of a
 * multiply-add on two multipliers.
 *
 * <p>Every index is derived from the loop variable: with offsets carried from turn to turn the JIT
 * gave up on this loop. Where fewer rows are wanted, the others do the last one's work again or
 * work on what happens to be there; they are stored first and so overwritten.
 */
final class Tile8x1 {

  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private Tile8x1() {}

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
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    FloatVector c00 = FloatVector.fromArray(S, s, so);
    FloatVector c10 = FloatVector.fromArray(S, s, so + row1 * ss);
    FloatVector c20 = FloatVector.fromArray(S, s, so + row2 * ss);
    FloatVector c30 = FloatVector.fromArray(S, s, so + row3 * ss);
    FloatVector c40 = FloatVector.fromArray(S, s, so + row4 * ss);
    FloatVector c50 = FloatVector.fromArray(S, s, so + row5 * ss);
    FloatVector c60 = FloatVector.fromArray(S, s, so + row6 * ss);
    FloatVector c70 = FloatVector.fromArray(S, s, so + row7 * ss);
    int a1 = ao + row1 * as;
    int a2 = ao + row2 * as;
    int a3 = ao + row3 * as;
    int a4 = ao + row4 * as;
    int a5 = ao + row5 * as;
    int a6 = ao + row6 * as;
    int a7 = ao + row7 * as;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * 32);
      FloatVector x = FloatVector.broadcast(S, a[ao + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(S, a[a6 + k]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(S, a[a7 + k]);
      c70 = x.fma(b0, c70);
    }
    c70.intoArray(c, co + row7 * cs);
    c60.intoArray(c, co + row6 * cs);
    c50.intoArray(c, co + row5 * cs);
    c40.intoArray(c, co + row4 * cs);
    c30.intoArray(c, co + row3 * cs);
    c20.intoArray(c, co + row2 * cs);
    c10.intoArray(c, co + row1 * cs);
    c00.intoArray(c, co);
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
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    FloatVector c00 = FloatVector.fromArray(S, s, so);
    FloatVector c10 = FloatVector.fromArray(S, s, so + row1 * ss);
    FloatVector c20 = FloatVector.fromArray(S, s, so + row2 * ss);
    FloatVector c30 = FloatVector.fromArray(S, s, so + row3 * ss);
    FloatVector c40 = FloatVector.fromArray(S, s, so + row4 * ss);
    FloatVector c50 = FloatVector.fromArray(S, s, so + row5 * ss);
    FloatVector c60 = FloatVector.fromArray(S, s, so + row6 * ss);
    FloatVector c70 = FloatVector.fromArray(S, s, so + row7 * ss);
    for (int k = 0; k < depth; k++) {
      int ak = ao + (k >> 5) * as + (k & 31);
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * 32);
      FloatVector x = FloatVector.broadcast(S, a[ak]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[ak + 32]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[ak + 64]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[ak + 96]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[ak + 128]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[ak + 160]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(S, a[ak + 192]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(S, a[ak + 224]);
      c70 = x.fma(b0, c70);
    }
    c70.intoArray(c, co + row7 * cs);
    c60.intoArray(c, co + row6 * cs);
    c50.intoArray(c, co + row5 * cs);
    c40.intoArray(c, co + row4 * cs);
    c30.intoArray(c, co + row3 * cs);
    c20.intoArray(c, co + row2 * cs);
    c10.intoArray(c, co + row1 * cs);
    c00.intoArray(c, co);
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
    int row6 = Math.min(6, last);
    int row7 = Math.min(7, last);
    FloatVector c00 = FloatVector.fromArray(S, s, so);
    FloatVector c10 = FloatVector.fromArray(S, s, so + row1 * ss);
    FloatVector c20 = FloatVector.fromArray(S, s, so + row2 * ss);
    FloatVector c30 = FloatVector.fromArray(S, s, so + row3 * ss);
    FloatVector c40 = FloatVector.fromArray(S, s, so + row4 * ss);
    FloatVector c50 = FloatVector.fromArray(S, s, so + row5 * ss);
    FloatVector c60 = FloatVector.fromArray(S, s, so + row6 * ss);
    FloatVector c70 = FloatVector.fromArray(S, s, so + row7 * ss);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * 32);
      FloatVector x = FloatVector.broadcast(S, a[ao + k * as]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[ao + k * as + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[ao + k * as + 2]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[ao + k * as + 3]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[ao + k * as + 4]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[ao + k * as + 5]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(S, a[ao + k * as + 6]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(S, a[ao + k * as + 7]);
      c70 = x.fma(b0, c70);
    }
    c70.intoArray(c, co + row7 * cs);
    c60.intoArray(c, co + row6 * cs);
    c50.intoArray(c, co + row5 * cs);
    c40.intoArray(c, co + row4 * cs);
    c30.intoArray(c, co + row3 * cs);
    c20.intoArray(c, co + row2 * cs);
    c10.intoArray(c, co + row1 * cs);
    c00.intoArray(c, co);
  }
}
