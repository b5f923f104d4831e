package unroll.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import unroll.backend.Buffer;

class WorkspaceTest {

  private final Workspace workspace = new Workspace(1 << 20);

  @Test
  void givenBack_isTakenAgain_alsoForALittleLess() {
    float[] first = workspace.take(11_000);
    workspace.give(first);
    assertThat(workspace.take(10_800)).isSameAs(first);
    assertThat(workspace.take(10_800)).isNotSameAs(first);
  }

  @Test
  void everyLength_isGranted_withItsSlack() {
    for (int length = 0; length < 5_000; length += 7) {
      float[] array = workspace.take(length);
      assertThat(array.length).isBetween(length + Workspace.SLACK, 2 * (length + 300));
      workspace.give(array);
      assertThat(workspace.take(length)).isSameAs(array);
    }
  }

  @Test
  void tooMuch_isNotHeld() {
    float[] large = workspace.take(1 << 19);
    workspace.give(large);
    assertThat(workspace.take(1 << 19)).isNotSameAs(large);
  }

  @Test
  void releasedBuffer_isReused_andMayNotBeUsed() {
    CpuBackend backend = new CpuBackend(Kernels.plain(), 1);
    Buffer buffer = backend.allocate(1000);
    float[] array = ((FloatBuffer) buffer).read();
    backend.release(buffer);
    backend.release(buffer);
    assertThat(((FloatBuffer) backend.allocate(1000)).read()).isSameAs(array);
    assertThat(((FloatBuffer) backend.allocate(1000)).read()).isNotSameAs(array);
    assertThatThrownBy(() -> backend.fill(buffer, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after its release");
  }
}
