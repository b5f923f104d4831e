package unroll.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Buffer;

class PoolTest {

  private final List<Integer> allocated = new ArrayList<>();

  private Pool pool(long limit) {
    assumeTrue(new Nd4jProvider().missing() == null);
    Backends.named("nd4j"); // the native library
    return new Pool(
        length -> {
          allocated.add(length);
          return new Storage(length);
        },
        limit);
  }

  @Test
  void size_fourStepsAnOctave() {
    assertThat(List.of(0, 1, 16, 17, 20, 21, 32, 33, 40, 41, 1000))
        .map(Pool::size)
        .containsExactly(16, 16, 16, 20, 20, 24, 32, 40, 40, 48, 1024);
    assertThat(Pool.size(Integer.MAX_VALUE - 8)).isEqualTo(Integer.MAX_VALUE - 8);
  }

  @Test
  void givenBack_isTakenAgain() {
    Pool pool = pool(1 << 20);
    Storage first = pool.take(100);
    pool.give(first);
    assertThat(pool.take(97)).isSameAs(first);
    assertThat(pool.take(97)).isNotSameAs(first);
    assertThat(allocated).containsExactly(112, 112);
  }

  @Test
  void beyondTheLimit_goesBackToTheSystem() {
    Pool pool = pool(100 * Float.BYTES);
    Storage first = pool.take(64);
    Storage second = pool.take(64);
    pool.give(first);
    assertThat(pool.held()).isEqualTo(256);
    pool.give(second);
    assertThat(pool.held()).isEqualTo(256);
    assertThat(pool.used()).isZero();
    pool.clear();
    assertThat(pool.held()).isZero();
  }

  @Test
  void noRoom_givesBackWhatIsKept_andTriesOnceMore() {
    assumeTrue(new Nd4jProvider().missing() == null);
    Backends.named("nd4j");
    int[] calls = {0};
    Pool pool =
        new Pool(
            length -> {
              if (calls[0]++ == 1) {
                throw new OutOfMemoryError("full");
              }
              return new Storage(length);
            },
            1 << 20);
    pool.give(pool.take(1000));
    assertThat(pool.take(5000).length()).isGreaterThanOrEqualTo(5000);
    assertThat(calls[0]).isEqualTo(3);
    assertThat(pool.held()).isZero();
  }

  @Test
  void peak_isWhatWasTakenAtOnce() {
    Pool pool = pool(1 << 20);
    Storage before = pool.take(64);
    long peak =
        pool.peak(
            () -> {
              pool.give(pool.take(128));
              Storage a = pool.take(64);
              pool.give(pool.take(32));
              pool.give(a);
            });
    assertThat(peak).isEqualTo(512);
    pool.give(before);
  }

  @Test
  void afterItsRelease_aBufferIsRefused_andASecondReleaseDoesNothing() {
    assumeTrue(new Nd4jProvider().missing() == null);
    Backend backend = Backends.named("nd4j");
    Buffer buffer = backend.allocate(10);
    backend.release(buffer);
    backend.release(buffer);
    assertThatThrownBy(() -> backend.fill(buffer, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after its release");
  }
}
