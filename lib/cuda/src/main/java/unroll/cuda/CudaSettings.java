package unroll.cuda;

import java.util.Locale;
import java.util.Map;

/**
 * What can be chosen about the backend before it starts.
 *
 * @param device the number of the GPU, as in {@code nvidia-smi}'s list; {@code UNROLL_CUDA_DEVICE}
 * @param math how products round; {@code UNROLL_CUDA_MATH}
 * @param layers who computes recurrent layers; {@code UNROLL_CUDA_RNN}
 */
public record CudaSettings(int device, MathMode math, Layers layers) {

  /** Who computes recurrent layers. */
  public enum Layers {
    /** cuDNN, with its standard algorithm; own kernels where cuDNN is not installed. */
    CUDNN,
    /**
     * cuDNN, with kernels that stay on the device from step to step, for the shapes that have one;
     * otherwise as {@link #CUDNN}.
     */
    PERSISTENT,
    /** A cuBLAS product and an own kernel for every step. */
    OWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The first GPU, float32, cuDNN. */
  public static CudaSettings defaults() {
    return new CudaSettings(0, MathMode.FLOAT32, Layers.CUDNN);
  }

  /** The same with other rounding of products. */
  public CudaSettings withMath(MathMode other) {
    return new CudaSettings(device, other, layers);
  }

  /** The same with recurrent layers by another. */
  public CudaSettings withLayers(Layers other) {
    return new CudaSettings(device, math, other);
  }

  /**
   * The defaults, and what an environment says otherwise.
   *
   * @throws IllegalArgumentException if one of its variables cannot be understood
   */
  static CudaSettings of(Map<String, String> environment) {
    String device = environment.getOrDefault("UNROLL_CUDA_DEVICE", "0").strip();
    if (!device.matches("\\d{1,4}")) {
      throw new IllegalArgumentException(
          "UNROLL_CUDA_DEVICE: expected a number from 0, got '" + device + "'");
    }
    return new CudaSettings(
        Integer.parseInt(device),
        MathMode.named(environment.getOrDefault("UNROLL_CUDA_MATH", "float32")),
        MathMode.named(
            Layers.class, "UNROLL_CUDA_RNN", environment.getOrDefault("UNROLL_CUDA_RNN", "cudnn")));
  }
}
