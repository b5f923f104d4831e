package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.DeviceLostException;
import unroll.backend.DeviceMemoryError;
import unroll.tensor.OnBackend;

/** Models that move, and devices that are lost. */
@OnBackend("cpu")
class DeviceTest {

  private final FragileBackend device = new FragileBackend();
  private final RunningMean whole = ResumeTest.objective();
  private final Run undisturbed = Run.start(whole, ResumeTest.settings());

  @AfterEach
  void forgetModelsAndMonitor() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
    Monitor.use(Monitor.NONE);
  }

  /** An objective whose model lives on the device. */
  private RunningMean onDevice() {
    RunningMean objective = ResumeTest.objective();
    objective.model().to(device.backend());
    return objective;
  }

  /** Does something once, after a step. */
  private static void atStep(long step, Runnable what) {
    AtomicBoolean done = new AtomicBoolean();
    Monitor.use(
        run -> {
          if (run.steps() == step && !done.getAndSet(true)) {
            what.run();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9, 17})
  void modelMovedInTheMiddle_goesOnBitForBit(int step) {
    RunningMean moved = ResumeTest.objective();
    atStep(step, () -> Thread.currentThread().interrupt());
    Run run = Run.start(moved, ResumeTest.settings());
    assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
    moved.model().to(device.backend());
    assertThat(moved.model().parameters().values())
        .allSatisfy(p -> assertThat(p.backend()).isSameAs(device.backend()));
    run.resume();
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(RunningMean.numbers(moved.model())).isEqualTo(RunningMean.numbers(whole.model()));
    assertThat(run.history()).isEqualTo(undisturbed.history());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 16})
  void deviceLost_goesOnFromTheLastCheckpointElsewhere(int step, @TempDir Path folder) {
    RunningMean parts = onDevice();
    atStep(step, device::lose);
    Fit fit = ResumeTest.settings().checkpoint(folder.resolve("run.ckpt"), 2);
    Run run = Run.start(parts, fit);
    assertThat(run.status()).isEqualTo(Run.Status.DEVICE_LOST);
    assertThat(run.deviceLost()).isPresent();
    assertThat(run.toString())
        .contains("lost the device of 'fragile'")
        .contains("run.ckpt, after step " + (step - step % 2 - (step % 2 == 0 ? 2 : 0)));
    run.resume();
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(run.deviceLost()).isEmpty();
    assertThat(parts.model().head().parameters().get("weight").backend().name()).isEqualTo("cpu");
    assertThat(RunningMean.numbers(parts.model())).isEqualTo(RunningMean.numbers(whole.model()));
    assertThat(run.history()).isEqualTo(undisturbed.history());
  }

  @Test
  void deviceLost_anotherProcessGoesOnFromTheFile(@TempDir Path folder) {
    Fit fit = ResumeTest.settings().checkpoint(folder.resolve("run.ckpt"), 3);
    atStep(8, device::lose);
    Run.start(onDevice(), fit);
    RunningMean anew = ResumeTest.objective();
    Run run = Run.start(anew, fit);
    assertThat(run.toString()).contains("went on from run.ckpt");
    assertThat(RunningMean.numbers(anew.model())).isEqualTo(RunningMean.numbers(whole.model()));
  }

  /** Where no file was asked for, a copy on the host is kept all the same. */
  @Test
  void deviceLost_withoutAFile_goesOnFromTheCopyOnTheHost() {
    RunningMean parts = onDevice();
    atStep(8, device::lose);
    Run run = Run.start(parts, ResumeTest.settings());
    assertThat(run.status()).isEqualTo(Run.Status.DEVICE_LOST);
    assertThat(run.toString()).contains("in memory, after step 0");
    run.resume();
    assertThat(RunningMean.numbers(parts.model())).isEqualTo(RunningMean.numbers(whole.model()));
  }

  @Test
  void deviceLostBeforeTheFirstStep_isThrown() {
    RunningMean parts = onDevice();
    device.lose();
    assertThatThrownBy(() -> Run.start(parts, ResumeTest.settings()))
        .isInstanceOf(DeviceLostException.class)
        .hasMessageContaining("'fragile'")
        .hasMessageContaining("unspecified launch failure");
  }

  @Test
  void outOfDeviceMemory_saysTheNeedTheSizeAndWhatToLower() {
    RunningMean parts = onDevice();
    atStep(4, device::fill);
    assertThatThrownBy(() -> Run.start(parts, ResumeTest.settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(DeviceMemoryError.class)
        .hasMessageContaining("needs about")
        .hasMessageContaining("fragile backend ran out")
        .hasMessageContaining("100 kB were free")
        .hasMessageContaining("batch of 2")
        .hasMessageContaining("Fit.truncate")
        .hasMessageContaining("hidden size");
  }

  @Test
  void auto_withOneBackendOfSinglePrecision_takesItWithoutTrying() {
    Backends.use("auto");
    RunningMean parts = ResumeTest.objective();
    Run run = Run.start(parts, ResumeTest.settings());
    assertThat(run.toString()).endsWith("auto: cpu, the only one");
    assertThat(RunningMean.numbers(parts.model())).isEqualTo(RunningMean.numbers(whole.model()));
  }

  @Test
  void model_movesThereAndBack() {
    RunningMean moved = ResumeTest.objective();
    double[] before = RunningMean.numbers(moved.model());
    moved.model().to("ejml");
    Backend now = moved.model().parameters().values().iterator().next().backend();
    assertThat(now.name()).isEqualTo("ejml");
    assertThat(RunningMean.numbers(moved.model())).isEqualTo(before);
    moved.model().to("cpu");
    assertThat(RunningMean.numbers(moved.model())).isEqualTo(before);
    assertThatThrownBy(() -> moved.model().to("nd4j"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--with nd4j");
  }
}
