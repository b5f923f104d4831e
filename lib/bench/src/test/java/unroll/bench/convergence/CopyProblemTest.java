package unroll.bench.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import unroll.tensor.Generator;

class CopyProblemTest {

  private static int symbol(double[] input, int at) {
    double[] one = Arrays.copyOfRange(input, at * 10, at * 10 + 10);
    assertThat(Arrays.stream(one).sum()).isEqualTo(1);
    for (int s = 0; s < one.length; s++) {
      if (one[s] == 1) {
        return s;
      }
    }
    throw new AssertionError("not one-hot: " + Arrays.toString(one));
  }

  /** Symbols, blanks, sign, blanks; and blanks, symbols: for delays around the edges. */
  @Test
  void draw_asksForTheSymbolsAfterTheSign() {
    for (int delay : new int[] {1, 2, 7, 100}) {
      int batch = 3;
      int time = delay + 20;
      var drawn = new CopyProblem(delay).draw(batch, Generator.of(1));
      assertThat(drawn.target()).hasSize(time * batch);
      for (int b = 0; b < batch; b++) {
        for (int t = 0; t < time; t++) {
          int in = symbol(drawn.input(), t * batch + b);
          int out = drawn.target()[t * batch + b];
          if (t < 10) {
            assertThat(in).isLessThan(8);
            assertThat(drawn.target()[(time - 10 + t) * batch + b]).isEqualTo(in);
          } else {
            assertThat(in).as("step %d", t).isEqualTo(t == time - 11 ? 9 : 8);
          }
          if (t < time - 10) {
            assertThat(out).isEqualTo(8);
          }
        }
      }
    }
  }

  @Test
  void memoryless_isArjovskysBaseline() {
    assertThat(new CopyProblem(100).memoryless()).isCloseTo(0.173287, within(1e-6));
  }
}
