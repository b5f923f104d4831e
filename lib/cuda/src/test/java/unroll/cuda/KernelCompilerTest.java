package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kernels by a real NVRTC, which needs no GPU. */
@ExtendWith(NeedsCuda.class)
class KernelCompilerTest {

  @BeforeEach
  void realCompiler() {
    boolean real = FakeCuda.realNvrtc() != null || !NeedsCuda.isFake();
    if (!real) {
      System.err.println(
          "cuda tests: SKIPPED: the kernels by NVRTC; let UNROLL_NVRTC name a libnvrtc.so.13");
    }
    assumeTrue(real, "UNROLL_NVRTC names no libnvrtc.so.13");
  }

  @Test
  void kernels_compileForEveryDeviceThatNvrtcKnows() {
    int[] supported = KernelCompiler.supported();
    assertThat(supported).contains(80, 90);
    for (int capability : supported) {
      byte[] code =
          KernelCompiler.compile(KernelCache.source(), new KernelCompiler.Target(capability, true));
      assertThat(FakeCuda.start(code)).isEqualTo("\u007fELF");
      assertThat(new String(code, StandardCharsets.ISO_8859_1)).contains(FakeCuda.kernels());
    }
  }

  @Test
  void kernels_compileToPtxForNewerDevices() {
    byte[] code =
        KernelCompiler.compile(KernelCache.source(), new KernelCompiler.Target(90, false));
    assertThat(new String(code, StandardCharsets.ISO_8859_1))
        .contains(".target sm_90")
        .contains(".entry lstm_step");
  }

  @Test
  void whatDoesNotCompile_comesWithTheCompilersWords() {
    assertThatThrownBy(
            () ->
                KernelCompiler.compile(
                    "__global__ void f() { nothing; }", new KernelCompiler.Target(90, true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("identifier \"nothing\" is undefined");
  }
}
