package unroll.backend.cpu;

/**
 * Products of a few rows by a panel of columns. C[r, c] = S[r, c] + sum over k of A[r, k] B[k, c],
 * one chain of fused multiply-adds in ascending k. The three methods differ in how A is stored.
 *
 * <p>B is a panel of {@link Panels#WIDTH} columns, {@code b[bo + 32 k + c]}. S starts the sums, at
 * {@code s[so + ss r + c]}; it may be C itself, or one row for all ({@code ss = 0}). C is at {@code
 * c[co + cs r + c]}. {@code columns} is 16 or 32. A may be read beyond its last row, by up to seven
 * rows or columns; what comes of it is thrown away.
 */
public interface ProductKernels {

  /** A[r, k] at {@code a[ao + as r + k]}: row-major; not read beyond its rows. */
  void byRows(
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
      int cs);

  /**
   * A[r, k] at {@code a[ao + as (k / 32) + 32 r + k % 32]}: in panels, the panels {@code as} apart.
   */
  void byPanels(
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
      int cs);

  /** A[r, k] at {@code a[ao + as k + r]}: transposed. */
  void byColumns(
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
      int cs);
}
