package unroll.backend.cpu;

import unroll.backend.Backend;
import unroll.backend.BackendProvider;

/** Offers the default backend; it runs everywhere. */
public final class CpuProvider implements BackendProvider {

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String description() {
    return "own loops on the processor, float32: the default";
  }

  @Override
  public String missing() {
    return null;
  }

  @Override
  public Backend create() {
    return new CpuBackend(Kernels.best(), Threads.chosen());
  }
}
