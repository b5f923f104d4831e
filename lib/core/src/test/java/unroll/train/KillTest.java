package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.backend.Backends;
import unroll.io.SafeTensors;
import unroll.io.StoredTensor;

/** A process that trains is killed at random moments; what comes of it in the end is the same. */
class KillTest {

  private static final int KILLS = 6;

  @TempDir Path folder;

  /**
   * Trains, with a checkpoint after every step or two, and writes the model's numbers at the end.
   */
  static final class Trainer {

    private Trainer() {}

    public static void main(String[] arguments) throws Exception {
      Backends.use("cpu");
      RunningMean objective = RunningMean.of(RunningMean.Network.of(6, 0.3, 1), 60, 20, 2);
      Fit fit = ResumeTest.settings().upTo(12).checkpoint(Path.of(arguments[0]), 2);
      Run run = Run.start(objective, fit.callback(Callback.afterStep(r -> pause())));
      StoredTensor numbers = numbers(objective);
      SafeTensors.of(java.util.Map.of("status", run.status().name()), List.of(numbers))
          .write(Path.of(arguments[1]));
    }

    private static void pause() {
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static StoredTensor numbers(RunningMean objective) {
      double[] numbers = RunningMean.numbers(objective.model());
      return StoredTensor.of("numbers", new int[] {numbers.length}, numbers);
    }
  }

  private Process start(Path checkpoint, Path result) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Trainer.class.getName(), checkpoint.toString(), result.toString()));
    File log = folder.resolve("log.txt").toFile();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private String log() throws Exception {
    return Files.readString(folder.resolve("log.txt"));
  }

  @Test
  void killedAtRandomMoments_endsWithTheVeryBitsOfAnUndisturbedRun() throws Exception {
    Path undisturbed = folder.resolve("undisturbed.safetensors");
    Process whole = start(folder.resolve("whole.safetensors"), undisturbed);
    assertThat(whole.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(whole.exitValue()).as(log()).isZero();

    Path checkpoint = folder.resolve("checkpoint.safetensors");
    Path result = folder.resolve("result.safetensors");
    Random random = new Random(4);
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      Process process = start(checkpoint, result);
      waitForChange(checkpoint, process);
      Thread.sleep(random.nextInt(120));
      process.destroyForcibly(); // SIGKILL
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      killed += Files.exists(result) ? 0 : 1;
    }
    assertThat(killed).as("processes killed in the middle").isGreaterThanOrEqualTo(3);
    Process last = start(checkpoint, result);
    assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(log()).isZero();
    SafeTensors expected = SafeTensors.read(undisturbed);
    SafeTensors actual = SafeTensors.read(result);
    assertThat(actual.metadata())
        .isEqualTo(expected.metadata())
        .containsEntry("status", "FINISHED");
    assertThat(actual.get("numbers")).isEqualTo(expected.get("numbers"));
  }

  /** Until the process has written a checkpoint of its own. */
  private static void waitForChange(Path file, Process process) throws Exception {
    Object before = key(file);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (process.isAlive() && System.nanoTime() < until && before.equals(key(file))) {
      Thread.sleep(5);
    }
  }

  private static Object key(Path file) throws Exception {
    return Files.exists(file) ? List.of(Files.getLastModifiedTime(file), Files.size(file)) : "";
  }
}
