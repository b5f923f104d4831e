package unroll.backend;

import org.junit.jupiter.api.extension.ExtendWith;
import unroll.cuda.CudaBackend;
import unroll.cuda.CudaSettings;
import unroll.cuda.NeedsCuda;

/** Recurrent layers by cuDNN's persistent kernels, and by the others where there are none. */
@ExtendWith(NeedsCuda.class)
class CudaPersistentLayersTest implements RecurrentContract {

  private static Backend persistent;

  @Override
  public Backend backend() {
    if (persistent == null) {
      persistent =
          CudaBackend.of(CudaSettings.defaults().withLayers(CudaSettings.Layers.PERSISTENT));
    }
    return persistent;
  }
}
