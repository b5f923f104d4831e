package unroll.backend.cpu;

/**
 * What every operation works with. Threads may be exchanged between one operation and the next, as
 * no result depends on them. The loops stay the same for good: a call site that has seen two kinds
 * of them is compiled worse for ever.
 */
final class Engine {

  /** The depth of a block of a product: a panel's part of it, 32 kB, fits the nearest cache. */
  static final int DEPTH = 256;

  /** Zeros for sums to start from. */
  static final float[] ZEROS = new float[Panels.WIDTH];

  private final Workspace workspace;
  private final Kernels kernels;
  private volatile Workers workers;

  Engine(Kernels kernels, Workers workers, Workspace workspace) {
    this.kernels = kernels;
    this.workers = workers;
    this.workspace = workspace;
  }

  /** The inner loops. */
  Kernels kernels() {
    return kernels;
  }

  /** The threads. */
  Workers workers() {
    return workers;
  }

  /** The arrays. */
  Workspace workspace() {
    return workspace;
  }

  /** Exchanges the threads. */
  synchronized void use(Workers other) {
    Workers before = workers;
    workers = other;
    before.close();
  }
}
