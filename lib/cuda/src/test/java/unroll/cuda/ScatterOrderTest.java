package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScatterOrderTest {

  @Test
  void rows_byTargetAndAscending() {
    ScatterOrder order = ScatterOrder.of(new int[] {4, 1, 4, 0, 4, 1}, 6);
    assertThat(order.targets()).containsExactly(0, 1, 4);
    assertThat(order.starts()).containsExactly(0, 1, 3, 6);
    assertThat(order.order()).containsExactly(3, 1, 5, 0, 2, 4);
    assertThat(order.joined()).containsExactly(0, 1, 4, 0, 1, 3, 6, 3, 1, 5, 0, 2, 4);
  }

  @Test
  void random_everyRowOnceAndWithItsTarget() {
    Random random = new Random(1);
    for (int rows : new int[] {1, 2, 7, 100}) {
      for (int count : new int[] {0, 1, 5, 300}) {
        int[] indices = random.ints(count, 0, rows).toArray();
        ScatterOrder order = ScatterOrder.of(indices, rows);
        int[] seen = order.order().clone();
        for (int d = 0; d < order.targets().length; d++) {
          assertThat(order.starts()[d]).isLessThan(order.starts()[d + 1]);
          for (int s = order.starts()[d]; s < order.starts()[d + 1]; s++) {
            assertThat(indices[seen[s]]).isEqualTo(order.targets()[d]);
            assertThat(s == order.starts()[d] || seen[s - 1] < seen[s]).isTrue();
          }
        }
        Arrays.sort(seen);
        for (int i = 0; i < count; i++) {
          assertThat(seen[i]).isEqualTo(i);
        }
      }
    }
  }
}
