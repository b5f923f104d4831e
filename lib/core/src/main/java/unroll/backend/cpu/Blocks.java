package unroll.backend.cpu;

/**
 * Products of some rows by one full panel, the result a panel too, with the summed dimension taken
 * in stretches that fit the nearest cache.
 */
final class Blocks {

  private Blocks() {}

  /** c = s + A B with A row-major; s is one row for all. */
  static void byRows(
      Engine engine,
      int rows,
      int depth,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      float[] s,
      int so,
      float[] c,
      int co) {
    ProductKernels kernels = engine.kernels().products();
    for (int k = 0; k == 0 || k < depth; k += Engine.DEPTH) {
      boolean start = k == 0;
      kernels.byRows(
          rows,
          Math.min(Engine.DEPTH, depth - k),
          Panels.WIDTH,
          a,
          ao + k,
          as,
          b,
          bo + k * Panels.WIDTH,
          start ? s : c,
          start ? so : co,
          start ? 0 : Panels.WIDTH,
          c,
          co,
          Panels.WIDTH);
    }
  }

  /** c = s + A B with A in panels, {@code as} apart. */
  static void byPanels(
      Engine engine,
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
      int co) {
    ProductKernels kernels = engine.kernels().products();
    for (int k = 0; k == 0 || k < depth; k += Engine.DEPTH) {
      boolean start = k == 0;
      kernels.byPanels(
          rows,
          Math.min(Engine.DEPTH, depth - k),
          Panels.WIDTH,
          a,
          ao + k / Panels.WIDTH * as,
          as,
          b,
          bo + k * Panels.WIDTH,
          start ? s : c,
          start ? so : co,
          start ? ss : Panels.WIDTH,
          c,
          co,
          Panels.WIDTH);
    }
  }
}
