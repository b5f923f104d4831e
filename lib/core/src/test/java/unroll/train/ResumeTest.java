package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.nn.Trainable;
import unroll.optim.AdamW;
import unroll.optim.Averaging;
import unroll.optim.Schedule;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;

@OnBackend("cpu")
class ResumeTest {

  @AfterEach
  void forgetModelsAndMonitor() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
    Monitor.use(Monitor.NONE);
  }

  /** Dropout, lengths that differ, and all that a training can have. */
  static RunningMean objective() {
    return RunningMean.of(RunningMean.Network.of(6, 0.3, 1), 23, 14, 2);
  }

  static Fit settings() {
    return Fit.epochs(3)
        .batch(4)
        .accumulate(2)
        .truncate(5)
        .learningRate(0.02)
        .optimizer(AdamW.defaults())
        .schedule(Schedule.cosine().warmUp(4))
        .clip(1)
        .clipValue(0.5)
        .averageWeights(Averaging.exponential(0.8), 2)
        .generator(Generator.of(9));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void interruptedAfterEveryFewSteps_isTheUndisturbedRunBitForBit(int every) {
    RunningMean whole = objective();
    Run undisturbed = Run.start(whole, settings());
    assertThat(undisturbed.steps()).isGreaterThan(15);

    RunningMean parts = objective();
    int[] updates = {0};
    Monitor.use(
        run -> {
          if (run.status() == Run.Status.RUNNING && updates[0]++ % (every + 1) == every) {
            Thread.currentThread().interrupt();
          }
        });
    Run run = Run.start(parts, settings());
    int interruptions = 0;
    while (run.status() == Run.Status.INTERRUPTED) {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      interruptions++;
      run.resume();
    }
    assertThat(interruptions).isGreaterThanOrEqualTo(15 / every - 1);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(RunningMean.numbers(parts.model())).isEqualTo(RunningMean.numbers(whole.model()));
    assertThat(run.history()).isEqualTo(undisturbed.history());
  }

  @Test
  void interrupt_stopsWithinOneStep() {
    long[] steps = new long[2];
    Monitor.use(
        run -> {
          if (run.steps() == 7 && steps[0] == 0) {
            steps[0] = 7;
            Thread.currentThread().interrupt();
          }
          steps[1] = run.steps();
        });
    Run run = Run.start(objective(), settings());
    assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
    assertThat(steps).containsExactly(7, 7);
  }

  @Test
  void dropoutDrawsFromTheTrainingsGenerator() {
    Generator.State session = Generator.session().state();
    RunningMean first = objective();
    Run.start(first, settings());
    assertThat(Generator.session().state()).isEqualTo(session);
    RunningMean other = objective();
    Run.start(other, settings().generator(Generator.of(10)));
    assertThat(RunningMean.numbers(other.model())).isNotEqualTo(RunningMean.numbers(first.model()));
  }

  @Test
  void callback_stopsAndResumeGoesOn() {
    RunningMean whole = objective();
    Run.start(whole, settings());
    RunningMean parts = objective();
    List<Integer> epochs = new java.util.ArrayList<>();
    Run run =
        Run.start(
            parts,
            settings()
                .callback(
                    Callback.afterEpoch(
                        r -> {
                          epochs.add(r.history().size());
                          if (r.history().size() == 1) {
                            r.stop();
                          }
                        }))
                .callback(
                    Callback.afterStep(
                        r -> {
                          if (r.steps() == 3) {
                            r.stop();
                          }
                        })));
    assertThat(run.status()).isEqualTo(Run.Status.STOPPED);
    assertThat(run.steps()).isEqualTo(3);
    run.resume();
    assertThat(run.status()).isEqualTo(Run.Status.STOPPED);
    assertThat(run.history()).hasSize(1);
    assertThat(run.toString()).startsWith("stopped in epoch 2, step 0 of ");
    run.resume();
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(epochs).containsExactly(1, 2, 3);
    assertThat(RunningMean.numbers(parts.model())).isEqualTo(RunningMean.numbers(whole.model()));
  }

  @Test
  void averagedWeights_areTheOnesThatAreKept() {
    RunningMean plain = objective();
    Run.start(plain, settings().averageWeights(null));
    RunningMean averaged = objective();
    Run run = Run.start(averaged, settings().averageWeights(Averaging.plain()));
    assertThat(RunningMean.numbers(averaged.model()))
        .isNotEqualTo(RunningMean.numbers(plain.model()));
    assertThat(averaged.validationLoss()).isEqualTo(run.best().orElseThrow().validationLoss());
  }

  @Test
  void paceAndRest_areKnownWhileItRuns() {
    double[] seen = new double[2];
    Monitor.use(
        run -> {
          if (run.steps() == 10) {
            seen[0] = run.sequencesPerSecond();
            seen[1] = run.remainingSeconds();
            assertThat(run.toString()).contains(" sequences a second");
          }
        });
    Run run = Run.start(objective(), settings());
    assertThat(seen[0]).isPositive();
    assertThat(seen[1]).isPositive();
    assertThat(run.sequencesPerSecond()).isPositive();
    assertThat(run.remainingSeconds()).isNaN();
  }

  @Test
  void validationThatThrows_leavesTheTrainedWeightsNotTheirAverage() {
    RunningMean plain = objective();
    failInTheSecondEpoch(plain, settings().averageWeights(null));
    RunningMean averaged = objective();
    failInTheSecondEpoch(averaged, settings().averageWeights(Averaging.plain()));
    assertThat(RunningMean.numbers(averaged.model())).isEqualTo(RunningMean.numbers(plain.model()));
  }

  private static void failInTheSecondEpoch(RunningMean objective, Fit fit) {
    int[] calls = {0};
    Objective failing =
        new Objective() {
          @Override
          public Trainable model() {
            return objective.model();
          }

          @Override
          public int examples() {
            return objective.examples();
          }

          @Override
          public Tensor loss(int[] examples) {
            return objective.loss(examples);
          }

          @Override
          public double validationLoss() {
            if (calls[0]++ == 1) {
              throw new IllegalStateException("no validation");
            }
            return objective.validationLoss();
          }
        };
    Fit whole = fit.truncate(Integer.MAX_VALUE);
    assertThatThrownBy(() -> Run.start(failing, whole)).hasMessage("no validation");
  }

  @Test
  void callbackThatDraws_changesNothingInTheTraining() {
    RunningMean quiet = objective();
    Run.start(quiet, settings());
    RunningMean drawn = objective();
    double[] numbers = new double[2];
    Run.start(
        drawn,
        settings()
            .callback(Callback.afterStep(run -> numbers[0] = Generator.current().nextDouble()))
            .callback(Callback.afterEpoch(run -> numbers[1] = Generator.current().nextDouble())));
    assertThat(numbers).doesNotContain(0);
    assertThat(RunningMean.numbers(drawn.model())).isEqualTo(RunningMean.numbers(quiet.model()));
  }
}
