package unroll.backend.cpu;

/**
 * What every operation works with.
 *
 * @param kernels the inner loops
 * @param workers the threads
 * @param workspace the arrays
 */
record Engine(Kernels kernels, Workers workers, Workspace workspace) {

  /** The depth of a block of a product: a panel's part of it, 32 kB, fits the nearest cache. */
  static final int DEPTH = 256;

  /** Zeros for sums to start from. */
  static final float[] ZEROS = new float[Panels.WIDTH];
}
