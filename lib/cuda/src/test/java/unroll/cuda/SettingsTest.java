package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void nothingSaid_defaults() {
    assertThat(CudaSettings.of(Map.of())).isEqualTo(CudaSettings.defaults());
    assertThat(CudaSettings.defaults().math()).isEqualTo(MathMode.FLOAT32);
  }

  @Test
  void environment_isHeard() {
    Map<String, String> environment =
        Map.of(
            "UNROLL_CUDA_DEVICE", "2", "UNROLL_CUDA_MATH", "TF32", "UNROLL_CUDA_RNN", "persistent");
    assertThat(CudaSettings.of(environment))
        .isEqualTo(new CudaSettings(2, MathMode.TF32, CudaSettings.Layers.PERSISTENT));
  }

  @Test
  void whatIsNotUnderstood_isRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> CudaSettings.of(Map.of("UNROLL_CUDA_MATH", "fp8")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("UNROLL_CUDA_MATH: expected one of float32, tf32, bfloat16, got 'fp8'");
    assertThatThrownBy(() -> CudaSettings.of(Map.of("UNROLL_CUDA_DEVICE", "-1")))
        .hasMessageContaining("expected a number from 0");
  }

  @Test
  void target_theDevicesOwnOrTheNewestBefore() {
    int[] supported = {75, 80, 90, 100};
    assertThat(KernelCompiler.Target.of(90, supported).option())
        .isEqualTo("--gpu-architecture=sm_90");
    assertThat(KernelCompiler.Target.of(89, supported).option())
        .isEqualTo("--gpu-architecture=compute_80");
    assertThat(KernelCompiler.Target.of(121, supported).option())
        .isEqualTo("--gpu-architecture=compute_100");
    assertThatThrownBy(() -> KernelCompiler.Target.of(70, supported))
        .hasMessageContaining("compute capability 7.5 and newer, the GPU has 7.0");
  }

  @Test
  void librariesNotFound_saysWhoseTheyAre() {
    Throwable failure =
        new UnsatisfiedLinkError("no jnicudart in java.library.path")
            .initCause(
                new UnsatisfiedLinkError(
                    "/x/libjnicudart.so: libcuda.so.1: cannot open shared object file: No such file"));
    assertThat(Libraries.explain("cudart", failure, "Linux amd64"))
        .isEqualTo("no NVIDIA driver (libcuda.so.1 was not found); install driver 580 or newer");
    assertThat(Libraries.notFound("libcublas.so.13"))
        .isEqualTo(
            "libcublas.so.13 was not found; install the CUDA 13 toolkit, or add its folder to LD_LIBRARY_PATH");
    assertThat(Libraries.notFound("libcudnn_adv.so.9")).contains("install cuDNN 9");
    assertThat(
            Libraries.explain(
                "cudart",
                new UnsatisfiedLinkError("no jnicudart in java.library.path"),
                "Mac OS X aarch64"))
        .isEqualTo(
            "the bindings org.bytedeco:cuda have no native part for Mac OS X aarch64 on the class path");
  }

  @Test
  void provider_saysWhatIsMissingAndNeverThrows() {
    CudaProvider provider = new CudaProvider();
    assertThat(provider.name()).isEqualTo("cuda");
    assertThat(provider.missing()).isEqualTo(new CudaProvider().missing());
  }

  @Test
  void reductions_gridAndThreads() {
    assertThat(Kernels.blocks(0)).isZero();
    assertThat(Kernels.blocks(1)).isEqualTo(1);
    assertThat(Kernels.blocks(257)).isEqualTo(2);
    assertThat(Kernels.blocks(Integer.MAX_VALUE)).isEqualTo(4096);
    assertThat(Kernels.threadsOfRow(1)).isEqualTo(32);
    assertThat(Kernels.threadsOfRow(65)).isEqualTo(128);
    assertThat(Kernels.threadsOfRow(50_000)).isEqualTo(256);
    assertThat(Reductions.chunk(100)).isEqualTo(64);
    assertThat(Reductions.chunk(64 * 512)).isEqualTo(128);
  }
}
