package unroll.backend;

import org.junit.jupiter.api.extension.ExtendWith;
import unroll.cuda.NeedsCuda;

/** The whole contract, with recurrent layers by cuDNN. */
@ExtendWith(NeedsCuda.class)
class CudaBackendTest extends BackendContract {

  CudaBackendTest() {
    super("cuda");
  }
}
