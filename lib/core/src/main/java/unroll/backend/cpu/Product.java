package unroll.backend.cpu;

/**
 * One matrix product C = S + A B. The columns of B are packed into panels; rows are taken in blocks
 * and the summed dimension in stretches, ascending, so that a stretch of a panel stays in the
 * nearest cache and a block of A in the next. Threads share the work by blocks of C; an element of
 * C is one chain whoever computes it.
 */
final class Product {

  /** Rows of a block. */
  private static final int ROWS = 128;

  /** Panels of a block. */
  private static final int PANELS = 8;

  /** Below this many multiply-adds a thread would cost more than it brings. */
  private static final long SHARED = 100_000;

  private final Engine engine;
  private final boolean transposeA;
  private final int m;
  private final int n;
  private final int k;
  private final float[] a;
  private final int ao;
  private final float[] panels;
  private final int height;
  private final float[] s;
  private final int so;
  private final int ss;
  private final float[] c;
  private final int co;

  /**
   * A product.
   *
   * @param a A [m, k] row-major, or [k, m] if {@code transposeA}
   * @param panels B, packed
   * @param height rows of a panel, k or more
   * @param s where the sums start: C itself, a row for all, or null for zero
   * @param ss the stride of its rows
   * @param c C [m, n], row-major
   */
  Product(
      Engine engine,
      boolean transposeA,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] panels,
      int height,
      float[] s,
      int so,
      int ss,
      float[] c,
      int co) {
    this.engine = engine;
    this.transposeA = transposeA;
    this.m = m;
    this.n = n;
    this.k = k;
    this.a = a;
    this.ao = ao;
    this.panels = panels;
    this.height = height;
    this.s = s;
    this.so = so;
    this.ss = ss;
    this.c = c;
    this.co = co;
  }

  /** Computes it. */
  void run() {
    int count = Panels.count(n);
    if ((long) m * n * k < SHARED || engine.workers().threads() == 1) {
      for (int row = 0; row < m; row += ROWS) {
        block(row, Math.min(m, row + ROWS), 0, count);
      }
      return;
    }
    int down = (m + ROWS - 1) / ROWS;
    int across = (count + PANELS - 1) / PANELS;
    int least = 2 * engine.workers().threads();
    int rows = down * across >= least ? ROWS : 32;
    int width = down * across >= least ? PANELS : 1;
    int rowBlocks = (m + rows - 1) / rows;
    int columnBlocks = (count + width - 1) / width;
    engine
        .workers()
        .run(
            rowBlocks * columnBlocks,
            part -> {
              int row = part / columnBlocks * rows;
              int panel = part % columnBlocks * width;
              block(row, Math.min(m, row + rows), panel, Math.min(count, panel + width));
            });
  }

  private void block(int row, int rowEnd, int panel, int panelEnd) {
    float[] scratch = engine.workspace().take(ROWS * (Engine.DEPTH + Panels.WIDTH));
    int tail = ROWS * Engine.DEPTH;
    for (int first = 0; first == 0 || first < k; first += Engine.DEPTH) {
      int depth = Math.min(Engine.DEPTH, k - first);
      boolean packed = transposeA && panelEnd - panel > 1;
      if (packed) {
        packRows(row, rowEnd, first, depth, scratch);
      }
      for (int p = panel; p < panelEnd; p++) {
        stretch(row, rowEnd, p, first, depth, packed, scratch, tail);
      }
    }
    engine.workspace().give(scratch);
  }

  /** Copies a block of a transposed A into panels: its rows lie too far apart for the cache. */
  private void packRows(int row, int rowEnd, int first, int depth, float[] to) {
    for (int r = row; r < rowEnd; r += Panels.WIDTH) {
      int used = Math.min(Panels.WIDTH, rowEnd - r);
      Panels.packOne(depth, used, a, ao + first * m + r, m, to, (r - row) * Engine.DEPTH);
    }
  }

  /** Adds a stretch of the summed dimension to a block of one panel of C. */
  private void stretch(
      int row, int rowEnd, int p, int first, int depth, boolean packed, float[] scratch, int tail) {
    int used = Panels.used(n, p);
    boolean direct = used == Panels.WIDTH || used == Panels.WIDTH / 2;
    int column = p * Panels.WIDTH;
    boolean start = first == 0;
    boolean zero = start && s == null;
    float[] from = zero ? Engine.ZEROS : start ? s : c;
    int fs = zero ? 0 : start ? ss : n;
    int fo = zero ? 0 : (start ? so : co) + column + row * fs;
    int to = co + row * n + column;
    int rows = rowEnd - row;
    if (direct) {
      tiles(row, rows, used, p, first, depth, packed, scratch, from, fo, fs, c, to, n);
      return;
    }
    int width = used > Panels.WIDTH / 2 ? Panels.WIDTH : Panels.WIDTH / 2;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fo + r * fs, scratch, tail + r * Panels.WIDTH, used);
    }
    tiles(
        row,
        rows,
        width,
        p,
        first,
        depth,
        packed,
        scratch,
        scratch,
        tail,
        Panels.WIDTH,
        scratch,
        tail,
        Panels.WIDTH);
    Panels.unpackOne(rows, used, scratch, tail, c, to, n);
  }

  private void tiles(
      int row,
      int rows,
      int columns,
      int p,
      int first,
      int depth,
      boolean packed,
      float[] scratch,
      float[] from,
      int fo,
      int fs,
      float[] to,
      int at,
      int stride) {
    ProductKernels kernels = engine.kernels().products();
    int bo = (p * height + first) * Panels.WIDTH;
    if (!transposeA) {
      kernels.byRows(
          rows,
          depth,
          columns,
          a,
          ao + row * k + first,
          k,
          panels,
          bo,
          from,
          fo,
          fs,
          to,
          at,
          stride);
    } else if (!packed) {
      kernels.byColumns(
          rows,
          depth,
          columns,
          a,
          ao + first * m + row,
          m,
          panels,
          bo,
          from,
          fo,
          fs,
          to,
          at,
          stride);
    } else {
      for (int r = 0; r < rows; r += Panels.WIDTH) {
        int left = Math.min(Panels.WIDTH, rows - r);
        kernels.byColumns(
            left,
            depth,
            columns,
            scratch,
            r * Engine.DEPTH,
            Panels.WIDTH,
            panels,
            bo,
            from,
            fo + r * fs,
            fs,
            to,
            at + r * stride,
            stride);
      }
    }
  }
}
