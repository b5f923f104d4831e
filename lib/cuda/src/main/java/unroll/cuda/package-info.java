/**
 * The {@code cuda} backend: an NVIDIA GPU by cuBLAS and cuDNN, with own kernels (kernels.cu) for
 * the rest. Parameters, states and workspace stay on the device. Start at {@link
 * unroll.cuda.CudaBackend}; {@link unroll.cuda.Driver} is all that calls the CUDA driver, {@link
 * unroll.cuda.Blas} and {@link unroll.cuda.Cudnn} call the two libraries.
 */
package unroll.cuda;
