package unroll.backend.cpu;

import java.util.function.Consumer;

/**
 * Brings the vector loops into use. Until the JIT has compiled them they are a hundred times slower
 * than plain Java: every operation on a vector is a method call then. So work begins on the plain
 * loops, a thread of its own runs the vector loops on numbers nobody needs, and as soon as a kind
 * of them is faster than its plain form it takes over. The bits are the same.
 */
final class WarmUp implements Runnable {

  /** Calls after which the JIT has compiled a loop for the first time, so that longer ones pass. */
  private static final int FIRST = 150;

  private static final int MOST = 20_000;
  private static final int LENGTH = 64;
  private static final int BLOCK = 8 * Panels.WIDTH;

  private final Kernels plain;
  private final Kernels vectors;
  private final Consumer<Kernels> ready;
  private final float[] x = new float[LENGTH * Panels.WIDTH + BLOCK];
  private final float[] y = new float[LENGTH * Panels.WIDTH + BLOCK];
  private final float[] z = new float[LENGTH * Panels.WIDTH + BLOCK];

  private WarmUp(Kernels plain, Kernels vectors, Consumer<Kernels> ready) {
    this.plain = plain;
    this.vectors = vectors;
    this.ready = ready;
  }

  /** Hands over the loops to begin with, and better ones later, from another thread. */
  static void begin(Kernels best, Consumer<Kernels> ready) {
    Kernels plain = Kernels.plain();
    ready.accept(plain.named(best.name()));
    if (best.products().getClass() != plain.products().getClass()) {
      Thread thread = new Thread(new WarmUp(plain, best, ready), "unroll-cpu-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    Kernels now = plain.named(vectors.name());
    if (faster(this::products)) {
      now = new Kernels(now.name(), vectors.products(), now.maps(), now.cells(), now.rows());
      ready.accept(now);
    }
    if (faster(this::cells)) {
      now = new Kernels(now.name(), now.products(), vectors.maps(), vectors.cells(), now.rows());
      ready.accept(now);
    }
    if (faster(this::rows)) {
      ready.accept(
          new Kernels(now.name(), now.products(), now.maps(), now.cells(), vectors.rows()));
    }
  }

  /** Some work on one kind of loops. */
  private interface Work {
    void run(Kernels kernels, int length);
  }

  /** Repeats work until the vector loops need less time for it; false if they never do. */
  private boolean faster(Work work) {
    for (int i = 0; i < FIRST; i++) {
      work.run(vectors, Panels.WIDTH);
    }
    for (int i = 0; i < MOST; i += 20) {
      if (time(work, vectors) < time(work, plain)) {
        return true;
      }
    }
    return false;
  }

  /** The shortest time of twenty. */
  private static long time(Work work, Kernels kernels) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      work.run(kernels, LENGTH);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return shortest;
  }

  /** Every tile: all of the rows, some of them, half the columns; A in its three forms. */
  private void products(Kernels kernels, int length) {
    ProductKernels p = kernels.products();
    int[][] shapes = {{6, 32}, {3, 32}, {6, 16}};
    for (int[] s : shapes) {
      p.byRows(s[0], length, s[1], x, 0, length, y, 0, z, 0, 0, z, 0, 32);
      p.byPanels(s[0], length, s[1], x, 0, BLOCK, y, 0, z, 0, 0, z, 0, 32);
      p.byColumns(s[0], length, s[1], x, 0, 32, y, 0, z, 0, 0, z, 0, 32);
    }
  }

  private void cells(Kernels kernels, int length) {
    MapKernels.Adam settings = new MapKernels.Adam(0.9f, 0.1f, 0.9f, 0.1f, 0, 1, 1);
    CellKernels c = kernels.cells();
    int n = 2 * length;
    kernels.maps().exp(n, x, 0, y, 0);
    kernels.maps().adam(n, x, y, z, z, new int[4], settings);
    c.rnnForward(false, n, x, 0);
    c.rnnBackward(false, n, x, 0, y, 0, z, 0);
    c.lstmForward(n, x, 0, n, y, 0, n, z, 0);
    c.lstmBackward(n, x, 0, n, y, 0, n, z, 0, n, x, 5 * n, y, 5 * n);
    c.gruForward(n, x, 0, n, y, 0, n);
    c.gruBackward(n, x, 0, n, y, 0, z, 0, n, x, 5 * n);
  }

  private void rows(Kernels kernels, int length) {
    RowKernels r = kernels.rows();
    r.addRows(length, Panels.WIDTH, x, 0, Panels.WIDTH, y, 0);
    r.shift(length, x, 0, y, 0);
    r.normalise(length, y, 0);
    r.dot(length, x, 0, y, 0);
    r.sumOfSquares(length, x, 0);
  }
}
