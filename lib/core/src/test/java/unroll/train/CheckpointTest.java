package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.io.SafeTensors;
import unroll.io.StoredTensor;
import unroll.optim.Sgd;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;

@OnBackend("cpu")
class CheckpointTest {

  @TempDir Path folder;

  @AfterEach
  void forgetModelsAndMonitor() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
    Monitor.use(Monitor.NONE);
  }

  private Path file() {
    return folder.resolve("run.safetensors");
  }

  private Fit settings() {
    return ResumeTest.settings().checkpoint(file(), 1);
  }

  /** Trains up to a step and is gone, as if its process had ended. */
  private void trainUntil(long step) {
    Fit fit =
        settings()
            .callback(
                Callback.afterStep(
                    run -> {
                      if (run.steps() == step) {
                        throw new IllegalStateException("gone");
                      }
                    }));
    assertThatThrownBy(() -> Run.start(ResumeTest.objective(), fit)).hasMessage("gone");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 7, 8, 11, 16})
  void sameFitWithTheSameFile_goesOnBitForBit(int step) {
    RunningMean whole = ResumeTest.objective();
    Run undisturbed = Run.start(whole, ResumeTest.settings());
    trainUntil(step);
    RunningMean later = ResumeTest.objective();
    long[] first = {-1};
    Monitor.use(run -> first[0] = first[0] < 0 ? run.steps() : first[0]);
    Run run = Run.start(later, settings());
    assertThat(first[0]).isEqualTo(step - 1);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(run.toString()).endsWith("; went on from run.safetensors");
    assertThat(RunningMean.numbers(later.model())).isEqualTo(RunningMean.numbers(whole.model()));
    assertThat(run.history()).isEqualTo(undisturbed.history());
  }

  @Test
  void threadAlreadyInterrupted_readsTheFileAndStopsAtItsStep() {
    trainUntil(6);
    Thread.currentThread().interrupt();
    Run run = Run.start(ResumeTest.objective(), settings());
    assertThat(Thread.interrupted()).isFalse();
    assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
    assertThat(run.steps()).isEqualTo(5);
    RunningMean whole = ResumeTest.objective();
    Run undisturbed = Run.start(whole, ResumeTest.settings());
    assertThat(run.resume().history()).isEqualTo(undisturbed.history());
  }

  @Test
  void finished_staysFinishedAndMoreEpochsGoOn() {
    RunningMean whole = ResumeTest.objective();
    Run.start(whole, constant().upTo(5));
    Run.start(ResumeTest.objective(), constant().checkpoint(file()));
    RunningMean again = ResumeTest.objective();
    Run same = Run.start(again, constant().checkpoint(file()));
    assertThat(same.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(same.history()).hasSize(3);
    assertThat(again.validationLoss()).isEqualTo(same.best().orElseThrow().validationLoss());
    RunningMean more = ResumeTest.objective();
    Run run = Run.start(more, constant().upTo(5).checkpoint(file()));
    assertThat(run.history()).hasSize(5);
    assertThat(RunningMean.numbers(more.model())).isEqualTo(RunningMean.numbers(whole.model()));
  }

  private static Fit constant() {
    return ResumeTest.settings().schedule(unroll.optim.Schedule.constant());
  }

  static Stream<Arguments> otherTrainings() {
    RunningMean.Network same = RunningMean.Network.of(6, 0.3, 1);
    RunningMean data = ResumeTest.objective();
    double[][] changed = data.sequences().clone();
    changed[0] = changed[0].clone();
    changed[0][1] += 1;
    return Stream.of(
        Arguments.of(
            RunningMean.of(RunningMean.Network.of(7, 0.3, 1), 23, 14, 2),
            UnaryOperator.identity(),
            "model was "),
        Arguments.of(
            RunningMean.of(RunningMean.Network.of(6, 0.4, 1), 23, 14, 2),
            UnaryOperator.identity(),
            "Dropout 0.4"),
        Arguments.of(
            RunningMean.of(same, 24, 14, 2),
            UnaryOperator.identity(),
            "examples was 23, is now 24"),
        Arguments.of(RunningMean.of(same, 23, 14, 3), UnaryOperator.identity(), "lengths was "),
        Arguments.of(
            new RunningMean(same, changed),
            UnaryOperator.identity(),
            "the loss of an example was "),
        Arguments.of(
            ResumeTest.objective(),
            change(fit -> fit.learningRate(0.01)),
            "settings.learningRate was 0.02, is now 0.01"),
        Arguments.of(
            ResumeTest.objective(),
            change(fit -> fit.optimizer(Sgd.defaults())),
            "settings.optimizer was AdamW"),
        Arguments.of(
            ResumeTest.objective(),
            change(fit -> fit.generator(Generator.of(8))),
            "settings.seed was 9, is now 8"));
  }

  private static UnaryOperator<Fit> change(UnaryOperator<Fit> change) {
    return change;
  }

  @ParameterizedTest
  @MethodSource("otherTrainings")
  void otherTraining_isRefusedAndNothingIsChanged(
      RunningMean other, UnaryOperator<Fit> change, String reason) throws IOException {
    trainUntil(4);
    byte[] before = Files.readAllBytes(file());
    double[] numbers = RunningMean.numbers(other.model());
    assertThatThrownBy(() -> Run.start(other, change.apply(settings())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("fit: the checkpoint " + file() + " is of another training: ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith("; use another file, or delete it to start anew");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    assertThat(RunningMean.numbers(other.model())).isEqualTo(numbers);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 100, 3000, -1, -200})
  void damagedFile_isRefusedByNameAndThePreviousOneIsUsable(int at) throws IOException {
    RunningMean whole = ResumeTest.objective();
    Run.start(whole, ResumeTest.settings());
    trainUntil(6);
    byte[] bytes = Files.readAllBytes(file());
    if (at < 0) {
      bytes[bytes.length + at] ^= 4; // one bit of a tensor
      Files.write(file(), bytes);
    } else {
      Files.write(file(), java.util.Arrays.copyOf(bytes, at)); // cut short
    }
    Path previous = folder.resolve("run.safetensors.previous");
    assertThatThrownBy(() -> Run.start(ResumeTest.objective(), settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("fit: the checkpoint " + file() + " is damaged (")
        .hasMessageEndingWith(
            "; the one before is there: move " + previous + " over it to go on from that");
    Files.move(previous, file(), StandardCopyOption.REPLACE_EXISTING);
    RunningMean later = ResumeTest.objective();
    Run run = Run.start(later, settings());
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(RunningMean.numbers(later.model())).isEqualTo(RunningMean.numbers(whole.model()));
  }

  @Test
  void changedMetadata_isDamage() throws IOException {
    trainUntil(3);
    SafeTensors good = SafeTensors.read(file());
    Map<String, String> facts = new java.util.LinkedHashMap<>(good.metadata());
    facts.put("steps", "1");
    SafeTensors.of(facts, good.tensors()).write(file());
    assertThatThrownBy(() -> Run.start(ResumeTest.objective(), settings()))
        .hasMessageContaining("is damaged (its checksum is wrong)");
  }

  @Test
  void otherSafetensorsFile_isNoCheckpoint() throws IOException {
    SafeTensors.of(Map.of(), List.of(StoredTensor.of("a", new int[] {1}, 1f))).write(file());
    assertThatThrownBy(() -> Run.start(ResumeTest.objective(), settings()))
        .hasMessageContaining("is damaged (it is no checkpoint of a training); delete it");
  }

  @Test
  void missingFolder_isSaidBeforeTheFirstStep() {
    long[] steps = {0};
    Monitor.use(run -> steps[0]++);
    Fit fit = ResumeTest.settings().checkpoint(folder.resolve("none").resolve("run.safetensors"));
    assertThatThrownBy(() -> Run.start(ResumeTest.objective(), fit))
        .hasMessageContaining("cannot be written")
        .hasRootCauseMessage(
            folder.resolve("none")
                + " (folder of "
                + folder.resolve("none").resolve("run.safetensors")
                + "; create it first)");
    assertThat(steps[0]).isZero();
  }

  @Test
  void file_holdsWhatItShouldInSafetensors() throws IOException {
    trainUntil(7);
    SafeTensors file = SafeTensors.read(file());
    assertThat(file.names())
        .contains("parameter.lstm.weight_ih_l0", "history")
        .anyMatch(name -> name.startsWith("best."))
        .anyMatch(name -> name.startsWith("optimizer."))
        .anyMatch(name -> name.startsWith("average."));
    assertThat(file.metadata())
        .containsKeys("generator", "position.group", "of.settings.batch")
        .containsEntry("steps", "6");
  }

  @Test
  void interruptWhileACheckpointIsDue_losesNothing() throws IOException {
    RunningMean whole = ResumeTest.objective();
    Run undisturbed = Run.start(whole, ResumeTest.settings());
    RunningMean parts = ResumeTest.objective();
    Callback interrupts =
        Callback.afterStep(
            r -> {
              if (r.steps() % 4 == 0) {
                Thread.currentThread().interrupt();
              }
            });
    Run run = Run.start(parts, settings().callback(interrupts));
    for (long step = 4; run.status() == Run.Status.INTERRUPTED; step += 4) {
      assertThat(run.steps()).isEqualTo(step);
      assertThat(steps()).isEqualTo(step);
      run.resume();
    }
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(RunningMean.numbers(parts.model())).isEqualTo(RunningMean.numbers(whole.model()));
    assertThat(run.history()).isEqualTo(undisturbed.history());
  }

  @Test
  void everyDuration_writesByTheClock() throws IOException {
    Fit fit = ResumeTest.settings().checkpoint(file(), Duration.ZERO);
    long[] seen = {0};
    Run.start(
        ResumeTest.objective(),
        fit.callback(
            Callback.afterStep(
                run -> {
                  if (run.steps() == 4) {
                    seen[0] = steps();
                  }
                })));
    assertThat(seen[0]).isEqualTo(3);
    assertThat(steps()).isGreaterThan(15);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("run.safetensors", "run.safetensors.previous");
    }
  }

  private long steps() {
    try {
      return Long.parseLong(SafeTensors.read(file()).metadata().get("steps"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
