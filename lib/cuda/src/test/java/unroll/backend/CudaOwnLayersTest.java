package unroll.backend;

import org.junit.jupiter.api.extension.ExtendWith;
import unroll.cuda.CudaBackend;
import unroll.cuda.CudaSettings;
import unroll.cuda.NeedsCuda;

/** Recurrent layers by the own kernels, as where cuDNN is not installed. */
@ExtendWith(NeedsCuda.class)
class CudaOwnLayersTest implements RecurrentContract, ParityContract {

  private static Backend own;

  @Override
  public Backend backend() {
    if (own == null) {
      own = CudaBackend.of(CudaSettings.defaults().withLayers(CudaSettings.Layers.OWN));
    }
    return own;
  }
}
