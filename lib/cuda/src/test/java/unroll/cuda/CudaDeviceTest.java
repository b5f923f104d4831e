package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Buffer;
import unroll.backend.DeviceLostException;

@ExtendWith(NeedsCuda.class)
class CudaDeviceTest {

  private final CudaBackend backend = (CudaBackend) Backends.named("cuda");

  private static double[] random(int length, long seed) {
    return new Random(seed).doubles(length, -1, 1).map(x -> (float) x).toArray();
  }

  private static Buffer buffer(Backend backend, double[] values) {
    Buffer buffer = backend.allocate(values.length);
    backend.write(values, buffer);
    return buffer;
  }

  private static double[] read(Backend backend, Buffer buffer) {
    double[] values = new double[buffer.length()];
    backend.read(buffer, values);
    return values;
  }

  @Test
  void device_namesGpuAndLibraries() {
    assertThat(backend.device()).contains("CUDA 13").contains("cuDNN 9.");
    assertThat(backend.memoryLimit()).isGreaterThan(1 << 20);
  }

  /** More than fits into the page-locked memory at once, both ways. */
  @Test
  void largeBuffers_goInPieces() {
    double[] values = random(3_000_001, 1);
    assertThat(Arrays.equals(read(backend, buffer(backend, values)), values)).isTrue();
  }

  /** What was written may change at once: the copy has been taken. */
  @Test
  void manyWrites_eachItsOwnNumbers() {
    float[] numbers = new float[50_000];
    Buffer[] buffers = new Buffer[60];
    for (int i = 0; i < buffers.length; i++) {
      Arrays.fill(numbers, i);
      buffers[i] = backend.allocate(numbers.length);
      backend.write(numbers, buffers[i]);
    }
    for (int i = 0; i < buffers.length; i++) {
      assertThat(read(backend, buffers[i])).containsOnly(i);
    }
  }

  @Test
  void severalSquares_areSummed() {
    double[] a = random(70_000, 2);
    double[] b = random(3, 3);
    double expected = 0;
    for (double x : a) {
      expected += x * x;
    }
    for (double x : b) {
      expected += x * x;
    }
    List<Buffer> all = List.of(buffer(backend, a), backend.allocate(0), buffer(backend, b));
    assertThat(backend.sumOfSquares(all)).isCloseTo(expected, within(1e-5 * expected));
    assertThat(backend.sumOfSquares(List.of())).isZero();
  }

  /** Long columns and rows are cut into pieces. */
  @Test
  void longColumnsAndRows_areSummed() {
    double[] x = random(5000 * 3, 4);
    Buffer columns = backend.allocate(3);
    backend.sum(1, 5000, 3, buffer(backend, x), columns);
    Buffer rows = backend.allocate(3);
    backend.sum(3, 5000, 1, buffer(backend, x), rows);
    double[] byColumn = new double[3];
    double[] byRow = new double[3];
    for (int i = 0; i < x.length; i++) {
      byColumn[i % 3] += x[i];
      byRow[i / 5000] += x[i];
    }
    for (int i = 0; i < 3; i++) {
      assertThat(read(backend, columns)[i]).isCloseTo(byColumn[i], within(1e-3));
      assertThat(read(backend, rows)[i]).isCloseTo(byRow[i], within(1e-3));
    }
  }

  @Test
  void math_roundsFactorsAsChosen() {
    double exact = 1 + Math.scalb(1.0, -9) + Math.scalb(1.0, -20);
    Buffer a = buffer(backend, new double[] {exact});
    Buffer one = buffer(backend, new double[] {1});
    Buffer out = backend.allocate(1);
    CudaBackend other = CudaBackend.of(CudaSettings.defaults().withMath(MathMode.TF32));
    assertThat(other.device()).endsWith("products in tf32");
    assumeTrue(NeedsCuda.isFake(), "cuBLAS may take no tensor cores for so small a product");
    for (MathMode mode : MathMode.values()) {
      backend.math(mode);
      backend.matmul(false, false, 1, 1, 1, a, one, out, false);
      double expected =
          switch (mode) {
            case FLOAT32 -> exact;
            case TF32 -> 1 + Math.scalb(1.0, -9);
            case BFLOAT16 -> 1;
          };
      assertThat(read(backend, out)[0]).as(mode.toString()).isEqualTo(expected);
    }
    backend.math(MathMode.FLOAT32);
  }

  @Test
  void lostDevice_saysSoEveryTimeAndReleasesQuietly() {
    assumeTrue(NeedsCuda.isFake(), "breaks the device");
    CudaBackend broken = CudaBackend.of(CudaSettings.defaults());
    Buffer x = broken.allocate(10);
    broken.fill(x, 1);
    broken.finish();
    try {
      FakeCuda.fail(719);
      broken.fill(x, 2);
      assertThatThrownBy(broken::finish)
          .isInstanceOf(DeviceLostException.class)
          .hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED, unspecified launch failure");
      assertThatThrownBy(() -> broken.fill(x, 3)).isInstanceOf(DeviceLostException.class);
      assertThatThrownBy(() -> broken.allocate(1 << 20)).isInstanceOf(DeviceLostException.class);
      broken.release(x);
    } finally {
      FakeCuda.mend();
    }
    backend.finish();
  }
}
