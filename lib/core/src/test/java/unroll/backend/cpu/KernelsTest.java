package unroll.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every vector loop against its plain form, bit by bit, and products against the definition. */
class KernelsTest {

  private static final Kernels PLAIN = Kernels.plain();
  private static final Kernels VECTORS = Kernels.best();

  private interface Run {
    void on(Kernels kernels, float[] x);
  }

  private static float[] numbers(int length, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextFloat() * 2 - 1;
    }
    return numbers;
  }

  private static void same(int length, Run run) {
    float[] plain = numbers(length, 7);
    float[] vectors = plain.clone();
    run.on(PLAIN, plain);
    run.on(VECTORS, vectors);
    assertThat(vectors).containsExactly(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 17, 31, 32, 33})
  void products_ofAnyRows_areTheDefinitionsChain(int rows) {
    for (int depth : new int[] {0, 1, 5, 32, 67}) {
      for (int columns : new int[] {16, 32}) {
        check(rows, depth, columns);
      }
    }
  }

  private static void check(int rows, int depth, int columns) {
    int panel = 40 * Panels.WIDTH;
    float[] byRows = numbers(rows * depth + 32, 1);
    float[] byPanels = new float[4 * panel];
    float[] byColumns = new float[(depth + 1) * 40];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < depth; k++) {
        float a = byRows[r * depth + k];
        byPanels[k / 32 * panel + r * 32 + k % 32] = a;
        byColumns[k * 40 + r] = a;
      }
    }
    float[] b = numbers(depth * 32 + 32, 2);
    float[] start = numbers(rows * 32, 3);
    float[] expected = new float[rows * 48];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        float sum = start[r * 32 + c];
        for (int k = 0; k < depth; k++) {
          sum = Math.fma(byRows[r * depth + k], b[k * 32 + c], sum);
        }
        expected[r * 48 + c] = sum;
      }
    }
    for (Kernels kernels : new Kernels[] {PLAIN, VECTORS}) {
      ProductKernels p = kernels.products();
      float[] c = new float[rows * 48];
      p.byRows(rows, depth, columns, byRows, 0, depth, b, 0, start, 0, 32, c, 0, 48);
      assertThat(c).as("%s by rows", kernels.name()).containsExactly(expected);
      c = new float[rows * 48];
      p.byPanels(rows, depth, columns, byPanels, 0, panel, b, 0, start, 0, 32, c, 0, 48);
      assertThat(c).as("%s by panels", kernels.name()).containsExactly(expected);
      c = new float[rows * 48];
      p.byColumns(rows, depth, columns, byColumns, 0, 40, b, 0, start, 0, 32, c, 0, 48);
      assertThat(c).as("%s by columns", kernels.name()).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 224})
  void cells_giveTheSameBits(int n) {
    int length = 20 * n;
    same(length, (k, x) -> k.cells().rnnForward(false, n, x, n));
    same(length, (k, x) -> k.cells().rnnForward(true, n, x, n));
    same(length, (k, x) -> k.cells().rnnBackward(false, n, x, 0, x, n, x, 2 * n));
    same(length, (k, x) -> k.cells().rnnBackward(true, n, x, 0, x, n, x, 2 * n));
    same(length, (k, x) -> k.cells().lstmForward(n, x, 0, n, x, 4 * n, 5 * n, x, 6 * n));
    same(
        length,
        (k, x) ->
            k.cells().lstmBackward(n, x, 0, n, x, 4 * n, 5 * n, x, 6 * n, n, x, 10 * n, x, 11 * n));
    same(length, (k, x) -> k.cells().gruForward(n, x, 0, n, x, 4 * n, 5 * n));
    same(length, (k, x) -> k.cells().gruBackward(n, x, 0, n, x, 4 * n, x, 6 * n, n, x, 10 * n));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 33, 65, 1000})
  void rows_giveTheSameBits(int n) {
    float[] x = numbers(5 * n, 11);
    for (Kernels k : new Kernels[] {VECTORS}) {
      assertThat(k.rows().sum(n, x, 1)).isEqualTo(PLAIN.rows().sum(n, x, 1));
      assertThat(k.rows().dot(n, x, 1, x, n)).isEqualTo(PLAIN.rows().dot(n, x, 1, x, n));
      assertThat(k.rows().sumOfSquares(n, x, 2)).isEqualTo(PLAIN.rows().sumOfSquares(n, x, 2));
    }
    same(4 * n, (k, y) -> k.rows().addRows(3, n, y, 0, n, y, 3 * n));
    same(2 * n + 1, (k, y) -> y[2 * n] = k.rows().shift(n, y, 0, y, n));
    same(n + 1, (k, y) -> y[n] = k.rows().normalise(n, y, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 37})
  void adam_givesTheSameBits(int n) {
    MapKernels.Adam settings = new MapKernels.Adam(0.9f, 0.1f, 0.999f, 0.001f, 0.01f, 1.5f, 1e-8f);
    int[] offsets = {0, n, 2 * n, 3 * n};
    same(
        4 * n,
        (k, x) -> {
          for (int i = 3 * n; i < 4 * n; i++) {
            x[i] = Math.abs(x[i]);
          }
          k.maps().adam(n, x, x, x, x, offsets, settings);
        });
  }
}
