package unroll.cuda;

import unroll.backend.Backend;
import unroll.backend.BackendProvider;

/** Offers an NVIDIA GPU, where there are one, its driver, and CUDA's libraries. */
public final class CudaProvider implements BackendProvider {

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public String description() {
    return "cuBLAS and cuDNN, float32, on an NVIDIA GPU";
  }

  @Override
  public String missing() {
    try {
      return Libraries.missing(CudaSettings.of(System.getenv()));
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @Override
  public Backend create() {
    return CudaBackend.of(CudaSettings.of(System.getenv()));
  }
}
