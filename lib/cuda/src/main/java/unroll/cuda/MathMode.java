package unroll.cuda;

import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F;
import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F_FAST_16BF;
import static org.bytedeco.cuda.global.cublas.CUBLAS_COMPUTE_32F_FAST_TF32;
import static org.bytedeco.cuda.global.cudnn.CUDNN_DEFAULT_MATH;
import static org.bytedeco.cuda.global.cudnn.CUDNN_FMA_MATH;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How products round their factors; sums, states and parameters are float32 in all of them. Unlike
 * PyTorch, whose cuDNN layers use TF32 unless told otherwise, the default is float32 everywhere.
 */
public enum MathMode {
  /** Nothing is rounded: 24 bits. */
  FLOAT32(CUBLAS_COMPUTE_32F, CUDNN_FMA_MATH),
  /** Factors to 11 bits on tensor cores; needs compute capability 8.0. */
  TF32(CUBLAS_COMPUTE_32F_FAST_TF32, CUDNN_DEFAULT_MATH),
  /** Factors of cuBLAS's products to 8 bits; cuDNN's layers, which have no such mode, use TF32. */
  BFLOAT16(CUBLAS_COMPUTE_32F_FAST_16BF, CUDNN_DEFAULT_MATH);

  private final int blasCompute;
  private final int cudnnMath;

  MathMode(int blasCompute, int cudnnMath) {
    this.blasCompute = blasCompute;
    this.cudnnMath = cudnnMath;
  }

  int blasCompute() {
    return blasCompute;
  }

  int cudnnMath() {
    return cudnnMath;
  }

  static MathMode named(String name) {
    return named(MathMode.class, "UNROLL_CUDA_MATH", name);
  }

  /**
   * A constant by its name in any case.
   *
   * @throws IllegalArgumentException if there is none; the message names the setting
   */
  static <E extends Enum<E>> E named(Class<E> type, String setting, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(name.strip())) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(c -> c.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "%s: expected one of %s, got '%s'".formatted(setting, known, name));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
