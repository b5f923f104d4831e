package unroll.cuda;

import static org.bytedeco.cuda.global.nvrtc.nvrtcCompileProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCreateProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcDestroyProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBIN;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBINSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetErrorString;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetNumSupportedArchs;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetPTX;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetPTXSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLog;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLogSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetSupportedArchs;
import static org.bytedeco.cuda.global.nvrtc.nvrtcVersion;

import java.util.Arrays;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** CUDA C to code for a device, by NVRTC. */
final class KernelCompiler {

  private KernelCompiler() {}

  /**
   * For which devices to compile.
   *
   * @param capability as NVRTC writes it: 90 for 9.0
   * @param binary code for just these; otherwise PTX, which the driver translates for a newer one
   */
  record Target(int capability, boolean binary) {

    /**
     * The best for a device: its own, or the newest before it where NVRTC is older than the device.
     *
     * @throws IllegalStateException if NVRTC knows only newer devices
     */
    static Target of(int device, int[] supported) {
      int best = Arrays.stream(supported).filter(c -> c <= device).max().orElse(0);
      if (best == 0) {
        int least = Arrays.stream(supported).min().orElse(0);
        throw new IllegalStateException(
            "cuda: this CUDA toolkit compiles for compute capability %s and newer, the GPU has %s"
                .formatted(version(least), version(device)));
      }
      return new Target(best, best == device);
    }

    private static String version(int capability) {
      return capability / 10 + "." + capability % 10;
    }

    String option() {
      return "--gpu-architecture=" + (binary ? "sm_" : "compute_") + capability;
    }
  }

  /** NVRTC's version: "13.0". */
  static String version() {
    int[] major = new int[1];
    int[] minor = new int[1];
    check(nvrtcVersion(major, minor), "nvrtcVersion");
    return major[0] + "." + minor[0];
  }

  /** The compute capabilities for which NVRTC can compile. */
  static int[] supported() {
    int[] count = new int[1];
    check(nvrtcGetNumSupportedArchs(count), "nvrtcGetNumSupportedArchs");
    int[] all = new int[count[0]];
    check(nvrtcGetSupportedArchs(all), "nvrtcGetSupportedArchs");
    return all;
  }

  /**
   * Compiles a module.
   *
   * @return what the driver loads
   * @throws IllegalStateException if it does not compile, with the compiler's words
   */
  static byte[] compile(String source, Target target) {
    _nvrtcProgram program = new _nvrtcProgram();
    PointerPointer<?> none = null;
    try (BytePointer text = new BytePointer(source);
        BytePointer name = new BytePointer("kernels.cu");
        BytePointer option = new BytePointer(target.option());
        PointerPointer<BytePointer> options = new PointerPointer<>(1)) {
      options.put(0, option);
      check(nvrtcCreateProgram(program, text, name, 0, none, none), "nvrtcCreateProgram");
      if (nvrtcCompileProgram(program, 1, options) != 0) {
        throw new IllegalStateException("cuda: the kernels do not compile:\n" + log(program));
      }
      return target.binary() ? binary(program) : ptx(program);
    } finally {
      if (!program.isNull()) {
        nvrtcDestroyProgram(program);
      }
    }
  }

  private static byte[] binary(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      check(nvrtcGetCUBINSize(program, size), "nvrtcGetCUBINSize");
      byte[] code = new byte[Math.toIntExact(size.get())];
      check(nvrtcGetCUBIN(program, code), "nvrtcGetCUBIN");
      return code;
    }
  }

  private static byte[] ptx(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      check(nvrtcGetPTXSize(program, size), "nvrtcGetPTXSize");
      byte[] code = new byte[Math.toIntExact(size.get())];
      check(nvrtcGetPTX(program, code), "nvrtcGetPTX");
      return code;
    }
  }

  private static String log(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      check(nvrtcGetProgramLogSize(program, size), "nvrtcGetProgramLogSize");
      try (BytePointer text = new BytePointer(Math.max(1, size.get()))) {
        check(nvrtcGetProgramLog(program, text), "nvrtcGetProgramLog");
        return text.getString();
      }
    }
  }

  private static void check(int status, String what) {
    if (status != 0) {
      throw new IllegalStateException(
          "cuda: %s: %s".formatted(what, nvrtcGetErrorString(status).getString()));
    }
  }
}
