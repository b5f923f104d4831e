package unroll.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_NO_DEVICE;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.cuda.global.cudart;

/** Loads the native libraries, and says in words what is not there. */
final class Libraries {

  private static final int CUDA_13 = 13000;
  private static final Pattern NOT_FOUND =
      Pattern.compile("(lib[\\w+-]+\\.so[.\\d]*): cannot open shared object file");

  private static String missing;
  private static boolean asked;

  static {
    // JavaCPP would count what CUDA maps as its own, and refuse to allocate a few bytes.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
  }

  private Libraries() {}

  /** Why a GPU cannot be used here and what to do about it, or null. Asks once. */
  static synchronized String missing(CudaSettings settings) {
    if (!asked) {
      asked = true;
      missing = find(settings.device());
    }
    return missing;
  }

  /** Why cuDNN cannot be used here, or null. */
  static String cudnnMissing() {
    return load("cudnn");
  }

  private static String find(int device) {
    String reason = load("cudart");
    if (reason == null) {
      reason = device(device);
    }
    if (reason == null) {
      reason = load("cublas");
    }
    return reason != null ? reason : load("nvrtc");
  }

  private static String device(int wanted) {
    int status = cudart.cuInit(0);
    int[] count = new int[1];
    if (status == CUDA_SUCCESS) {
      cudart.cuDeviceGetCount(count);
    }
    if (status == CUDA_ERROR_NO_DEVICE || (status == CUDA_SUCCESS && count[0] == 0)) {
      return "the NVIDIA driver finds no GPU; see nvidia-smi, and CUDA_VISIBLE_DEVICES if it is set";
    }
    if (status != CUDA_SUCCESS) {
      return "the NVIDIA driver does not start (%s); see nvidia-smi".formatted(Driver.text(status));
    }
    int[] version = new int[1];
    cudart.cuDriverGetVersion(version);
    if (version[0] < CUDA_13) {
      return "the NVIDIA driver is for CUDA %d.%d; CUDA 13 needs driver 580 or newer"
          .formatted(version[0] / 1000, version[0] % 1000 / 10);
    }
    return wanted < count[0]
        ? null
        : "UNROLL_CUDA_DEVICE is %d, and there are %d GPUs, counted from 0"
            .formatted(wanted, count[0]);
  }

  /** Loads one library's binding; null, or what is missing and what to do. */
  private static String load(String name) {
    try {
      Class.forName("org.bytedeco.cuda.global." + name);
      return null;
    } catch (ClassNotFoundException e) {
      return "the bindings org.bytedeco:cuda are not on the class path; start with --with cuda";
    } catch (LinkageError e) {
      return explain(name, e, System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
  }

  /** What a failure to load means. */
  static String explain(String name, Throwable failure, String platform) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher found = NOT_FOUND.matcher(String.valueOf(t.getMessage()));
      if (found.find()) {
        return notFound(found.group(1));
      }
    }
    boolean noBinding = failure.toString().contains("no jni" + name);
    return noBinding && failure.getCause() == null
        ? "the bindings org.bytedeco:cuda have no native part for %s on the class path"
            .formatted(platform)
        : "the binding of %s does not load (%s)".formatted(name, failure);
  }

  /** What a shared library belongs to, and how to get that. */
  static String notFound(String library) {
    if (library.startsWith("libcuda.so")) {
      return "no NVIDIA driver (%s was not found); install driver 580 or newer".formatted(library);
    }
    String needs = library.startsWith("libcudnn") ? "cuDNN 9" : "the CUDA 13 toolkit";
    return "%s was not found; install %s, or add its folder to LD_LIBRARY_PATH"
        .formatted(library, needs);
  }
}
