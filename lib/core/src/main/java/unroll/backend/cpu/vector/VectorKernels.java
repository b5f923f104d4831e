package unroll.backend.cpu.vector;

import unroll.backend.cpu.Kernels;

/** The inner loops on the Vector API. */
public final class VectorKernels {

  private VectorKernels() {}

  /** All of them. */
  public static Kernels kernels() {
    VectorMaps maps = new VectorMaps();
    return new Kernels(
        Lanes.SPECIES.vectorBitSize() + "-bit vectors",
        new VectorProducts(),
        maps,
        new VectorCells(maps),
        new VectorRows());
  }
}
