package unroll.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For tests of the backend: on the GPU where there is one, otherwise on {@link FakeCuda}, and where
 * not even that can be had, not at all. {@code UNROLL_CUDA_TESTS=fake} takes the stand-in in any
 * case.
 */
public final class NeedsCuda implements ExecutionCondition {

  private static final boolean FAKE =
      "fake".equals(System.getenv("UNROLL_CUDA_TESTS"))
          || !Files.exists(Path.of("/proc/driver/nvidia/version"));

  private static String missing;
  private static boolean prepared;

  /** Whether the tests run on the stand-in. */
  public static boolean isFake() {
    return FAKE;
  }

  /** Prepares CUDA; null, or why there is none. */
  static synchronized String prepare() {
    if (!prepared) {
      prepared = true;
      missing = find();
      String what = FAKE ? "host memory, no GPU" : "the GPU";
      System.err.println(
          missing == null
              ? "cuda tests: on " + what
              : "cuda tests: SKIPPED, AND NOTHING CHECKED: " + missing);
    }
    return missing;
  }

  private static String find() {
    if (FAKE) {
      try {
        String reason = FakeCuda.install();
        if (reason != null) {
          return reason;
        }
      } catch (IOException e) {
        return e.toString();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return e.toString();
      }
    }
    return Libraries.missing(CudaSettings.defaults());
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String reason = prepare();
    return reason == null
        ? ConditionEvaluationResult.enabled("CUDA is there")
        : ConditionEvaluationResult.disabled(reason);
  }
}
