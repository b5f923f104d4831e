package unroll.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.cuda.global.cudart;

/**
 * CUDA for a machine that has none: libraries under CUDA's names, compiled from fake_cuda.cpp, that
 * compute in host memory. What the backend says to CUDA, by the same bindings, is then checked and
 * done; and its kernels run, the very source, compiled as C++.
 *
 * <p>With {@code UNROLL_NVRTC} naming a real libnvrtc.so.13, the kernels are compiled by it, too.
 */
final class FakeCuda {

  private static final List<String> SOURCES =
      List.of(
          "fake_cuda.cpp",
          "fake_kernels.h",
          "fake_driver.h",
          "fake_libraries.h",
          "fake_cudnn.h",
          "kernels.cu");

  private static final List<String> OTHERS =
      List.of(
          "libcudart.so.13",
          "libcublasLt.so.13",
          "libcublas.so.13",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_cnn.so.9");

  private static final Pattern KERNEL = Pattern.compile("extern \"C\" __global__ void (\\w+)");

  private FakeCuda() {}

  /** The real NVRTC to use, or null. */
  static String realNvrtc() {
    String path = System.getenv("UNROLL_NVRTC");
    return path == null || path.isBlank() ? null : path;
  }

  /**
   * Compiles and loads it.
   *
   * @return null, or why it cannot be had
   */
  static String install() throws IOException, InterruptedException {
    String os = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!os.equals("Linux amd64")) {
      return "the stand-in for CUDA is for Linux on x86-64, and this is " + os;
    }
    Path folder = Files.createTempDirectory("fake-cuda");
    try {
      for (String source : SOURCES) {
        try (InputStream in = FakeCuda.class.getResourceAsStream(source)) {
          Files.copy(in, folder.resolve(source), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.writeString(folder.resolve("kernels.inc"), table(KernelCache.source()));
      List<String> options = new ArrayList<>(List.of("-std=c++17", "-O2", "-fvisibility=hidden"));
      if (realNvrtc() != null) {
        options.add("-DREAL_NVRTC");
      }
      options.add("fake_cuda.cpp");
      try {
        compile(folder, "libcuda.so.1", options);
      } catch (IOException e) {
        return "the stand-in for CUDA needs g++: " + e.getMessage();
      }
      System.load(folder.resolve("libcuda.so.1").toString());
      List<String> names = new ArrayList<>(OTHERS);
      if (realNvrtc() == null) {
        names.add("libnvrtc.so.13");
      } else {
        System.load(realNvrtc());
      }
      for (String name : names) {
        stub(folder, name);
      }
      return null;
    } finally {
      deleteAll(folder);
    }
  }

  /** A library of that name which has nothing but what it needs. */
  private static void stub(Path folder, String name) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("empty.c"), "");
    Files.writeString(folder.resolve("version.map"), name + " { };\n");
    compile(
        folder,
        name,
        List.of(
            "empty.c",
            "-Wl,--version-script=version.map",
            "-Wl,--no-as-needed",
            "-L.",
            "-l:libcuda.so.1"));
    System.load(folder.resolve(name).toString());
  }

  private static void compile(Path folder, String name, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("g++", "-fPIC", "-shared"));
    command.addAll(options);
    command.addAll(List.of("-Wl,-soname," + name, "-o", name));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(name + " does not compile:\n" + words);
    }
  }

  /** All kernels of a source, and whether their threads meet. */
  private static String table(String source) {
    return kernelNames(source).stream()
        .map(name -> "KERNEL(" + name + ", " + hasBarriers(source, name) + ")\n")
        .collect(Collectors.joining());
  }

  static List<String> kernelNames(String source) {
    List<String> names = new ArrayList<>();
    for (Matcher matcher = KERNEL.matcher(source); matcher.find(); ) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static boolean hasBarriers(String source, String name) {
    String rest = source.substring(source.indexOf("void " + name + "("));
    int next = rest.indexOf("extern \"C\"");
    return (next < 0 ? rest : rest.substring(0, next)).contains("__shared__");
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** Sets how many bytes of memory the device has. */
  static void memory(long bytes) {
    cudart.cuCtxSetLimit(1000, bytes);
  }

  /** Lets the next work fail with a status. */
  static void fail(int status) {
    cudart.cuCtxSetLimit(1001, status);
  }

  /** Mends what has failed; a new backend works again. */
  static void mend() {
    cudart.cuCtxSetLimit(1002, 0);
  }

  /** All kernels of the backend. */
  static List<String> kernels() {
    return kernelNames(KernelCache.source());
  }

  /** The first words of an array of bytes. */
  static String start(byte[] code) {
    return new String(Arrays.copyOf(code, Math.min(4, code.length)), StandardCharsets.ISO_8859_1);
  }
}
