package unroll.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Buffer;
import unroll.backend.DeviceMemoryError;

@ExtendWith(NeedsCuda.class)
class PoolTest {

  private final Pool pool = new Pool(new Driver(0));

  @AfterEach
  void enoughMemory() {
    if (NeedsCuda.isFake()) {
      FakeCuda.memory(1 << 30);
    }
  }

  @Test
  void sizes_areRounded() {
    assertThat(Pool.rounded(1)).isEqualTo(512);
    assertThat(Pool.rounded(513)).isEqualTo(1024);
    assertThat(Pool.rounded((1 << 20) + 1)).isEqualTo(2 << 20);
    assertThatThrownBy(() -> Pool.rounded(-4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blockGivenBack_isTakenAgainBySimilarSizes() {
    Pool.Block block = pool.take(100_000);
    pool.give(block);
    assertThat(pool.take(99_000)).isEqualTo(block);
    pool.give(block);
    Pool.Block small = pool.take(1000);
    assertThat(small).isNotEqualTo(block);
    assertThat(pool.take(1000).address()).isNotEqualTo(small.address());
  }

  @Test
  void peak_isWhatWasUsedAtOnce() {
    pool.take(512);
    long peak =
        pool.peak(
            () -> {
              Pool.Block one = pool.take(1024);
              pool.give(one);
              pool.give(pool.take(2048));
              pool.take(512);
            });
    assertThat(peak).isEqualTo(2048);
  }

  @Test
  void noRoom_givesBackWhatIsUnused_thenSaysHowMuchThereIs() {
    assumeTrue(NeedsCuda.isFake(), "fills the device");
    long before = new Driver(0).memory()[1] - new Driver(0).memory()[0];
    FakeCuda.memory(before + (8 << 20));
    Pool.Block block = pool.take(6 << 20);
    assertThatThrownBy(() -> pool.take(4 << 20))
        .isInstanceOf(DeviceMemoryError.class)
        .hasMessageContaining("4.2 MB")
        .hasMessageContaining("2.1 MB of")
        .hasMessageContaining("lower the batch");
    pool.give(block);
    assertThat(pool.take(4 << 20).bytes()).isEqualTo(4 << 20);
  }

  @Test
  void buffersThatNobodyHolds_areFoundWhenThereIsNoRoom() {
    assumeTrue(NeedsCuda.isFake(), "fills the device");
    Backend backend = Backends.named("cuda");
    long used = new Driver(0).memory()[1] - new Driver(0).memory()[0];
    FakeCuda.memory(used + (64L << 20));
    for (int i = 0; i < 40; i++) {
      Buffer forgotten = backend.allocate(2 << 20);
      backend.fill(forgotten, i);
    }
    FakeCuda.memory(1 << 30);
  }
}
