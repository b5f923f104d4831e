package unroll.cuda;

import static org.bytedeco.cuda.global.cublas.CUBLAS_GEMM_DEFAULT;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_N;
import static org.bytedeco.cuda.global.cublas.CUBLAS_OP_T;
import static org.bytedeco.cuda.global.cublas.CUBLAS_STATUS_SUCCESS;
import static org.bytedeco.cuda.global.cublas.cublasCreate_v2;
import static org.bytedeco.cuda.global.cublas.cublasGemmEx;
import static org.bytedeco.cuda.global.cublas.cublasSetStream_v2;
import static org.bytedeco.cuda.global.cudart.CUDA_R_32F;

import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Products by cuBLAS. It knows columns where we have rows: our [m, n] is its [n, m], transposed. So
 * A B is asked for as Bᵀ Aᵀ, and nothing is moved.
 */
final class Blas {

  private final Driver driver;
  private final cublasContext handle = new cublasContext();
  private final FloatPointer zero = new FloatPointer(0f);
  private final FloatPointer one = new FloatPointer(1f);

  Blas(Driver driver) {
    this.driver = driver;
    synchronized (driver) {
      driver.enter();
      check(cublasCreate_v2(handle), "cublasCreate");
      check(cublasSetStream_v2(handle, driver.stream()), "cublasSetStream");
    }
  }

  /** out = A B, or out += A B, with m, n and k at least 1; {@code Backend.matmul} says the rest. */
  void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      CudaBuffer a,
      CudaBuffer b,
      CudaBuffer out,
      boolean accumulate,
      MathMode math) {
    synchronized (driver) {
      driver.enter();
      int status =
          cublasGemmEx(
              handle,
              transposeB ? CUBLAS_OP_T : CUBLAS_OP_N,
              transposeA ? CUBLAS_OP_T : CUBLAS_OP_N,
              n,
              m,
              k,
              one,
              new Address(b.read()),
              CUDA_R_32F,
              transposeB ? k : n,
              new Address(a.read()),
              CUDA_R_32F,
              transposeA ? m : k,
              accumulate ? one : zero,
              new Address(out.write()),
              CUDA_R_32F,
              n,
              math.blasCompute(),
              CUBLAS_GEMM_DEFAULT);
      check(status, "cublasGemmEx");
    }
  }

  private void check(int status, String what) {
    if (status != CUBLAS_STATUS_SUCCESS) {
      throw driver.failed(what, "cuBLAS status " + status);
    }
  }
}
