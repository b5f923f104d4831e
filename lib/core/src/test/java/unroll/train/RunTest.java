package unroll.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import unroll.autograd.Parameter;
import unroll.nn.Trainable;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

class RunTest {

  @AfterEach
  void forgetModelsAndMonitor() {
    Models.list().forEach(entry -> Models.remove(entry.name()));
    Monitor.use(Monitor.NONE);
  }

  /** Learns the mean of some numbers; the validation part wants another number. */
  private static final class Mean implements Objective {
    final double[] numbers = {1, 2, 3, 4, 5, 6, 7};
    final double wanted;
    final Parameter guess = Parameter.of("guess", Tensor.of(0.0));
    double poisonAfter = Double.POSITIVE_INFINITY;
    int calls;
    int stopAtValidation = -1;
    int validations;

    Mean(double wanted) {
      this.wanted = wanted;
    }

    @Override
    public Trainable model() {
      return model;
    }

    private final Trainable model =
        new Trainable() {
          @Override
          public Map<String, Parameter> parameters() {
            return Map.of("guess", guess);
          }
        };

    @Override
    public int examples() {
      return numbers.length;
    }

    @Override
    public Tensor loss(int[] examples) {
      double[] chosen = new double[examples.length];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = calls >= poisonAfter ? Double.NaN : numbers[examples[i]];
      }
      calls++;
      Tensor difference = guess.value().minus(Tensor.of(chosen));
      return difference.times(difference).mean();
    }

    @Override
    public double validationLoss() {
      if (validations++ == stopAtValidation) {
        Thread.currentThread().interrupt();
      }
      StoppedException.check("validation");
      double difference = guess.value().item() - wanted;
      return difference * difference;
    }
  }

  private static Fit settings(int epochs) {
    return Fit.epochs(epochs).batch(3).learningRate(0.1).generator(Generator.of(1));
  }

  @Test
  void fit_learnsTheMean() {
    Mean mean = new Mean(4);
    Run run = Run.start(mean, settings(100));
    assertThat(mean.guess.value().item()).isCloseTo(4, org.assertj.core.data.Offset.offset(0.1));
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(run.history()).hasSize(100);
    assertThat(run.history().get(99).loss()).isLessThan(run.history().get(0).loss());
  }

  @Test
  void patience_stopsEarlyAndRestoresTheBestWeights() {
    Mean mean = new Mean(2);
    Run run = Run.start(mean, settings(500).patience(5));
    assertThat(run.status()).isEqualTo(Run.Status.STOPPED_EARLY);
    double best = run.best().orElseThrow().validationLoss();
    assertThat(run.history()).hasSizeLessThan(500);
    assertThat(run.history().get(run.history().size() - 1).validationLoss()).isGreaterThan(best);
    assertThat(mean.validationLoss()).isEqualTo(best);
    assertThat(run.toString()).contains("stopped early").contains("best");
  }

  @Test
  void interrupt_stopsWithinAStepAndResumeGoesOnBitForBit() {
    Mean whole = new Mean(4);
    Run.start(whole, settings(20));

    Mean parts = new Mean(4);
    List<Integer> steps = new ArrayList<>();
    Monitor.use(
        run -> {
          steps.add(1);
          if (steps.size() == 11) {
            Thread.currentThread().interrupt();
          }
        });
    Run run = Run.start(parts, settings(20));
    assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
    assertThat(run.toString()).contains("stopped in epoch 4, step 1 of 3");
    assertThat(run.history()).hasSize(3);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();

    run.resume();
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    assertThat(run.history()).hasSize(20);
    assertThat(parts.guess.value().item()).isEqualTo(whole.guess.value().item());
  }

  @Test
  void interruptDuringValidation_stopsAtOnceAndResumeValidatesAnew() {
    Mean whole = new Mean(4);
    Run undisturbed = Run.start(whole, settings(20));

    Mean parts = new Mean(4);
    parts.stopAtValidation = 3;
    List<Long> steps = new ArrayList<>();
    Fit fit = settings(20).callback(Callback.afterStep(run -> steps.add(run.steps())));
    Run run = Run.start(parts, fit);
    assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
    assertThat(run.toString()).contains("stopped in epoch 4, step 3 of 3");
    assertThat(run.history()).hasSize(3);

    run.resume();
    assertThat(run.history()).isEqualTo(undisturbed.history());
    assertThat(parts.guess.value().item()).isEqualTo(whole.guess.value().item());
    assertThat(steps).doesNotHaveDuplicates().hasSize(60);
  }

  @Test
  void notANumber_stopsAndRestoresTheLastGoodWeights() {
    Mean mean = new Mean(4);
    mean.poisonAfter = 9; // two calls measure the memory of a step
    Run run = Run.start(mean, settings(20));
    assertThat(run.status()).isEqualTo(Run.Status.DIVERGED);
    assertThat(run.toString())
        .startsWith(
            "diverged in epoch 3, step 1 of 3: the loss became NaN, first in the data, before ");
    assertThat(run.toString()).contains("missing or infinite values in the data");
    assertThat(run.divergence().orElseThrow().step()).isEqualTo(8);
    assertThat(mean.validationLoss()).isEqualTo(run.best().orElseThrow().validationLoss());
  }

  @Test
  void resume_changesSettings() {
    Mean mean = new Mean(4);
    Run run = Run.start(mean, settings(5));
    run.resume(fit -> fit.upTo(9).learningRate(0.01));
    assertThat(run.history()).hasSize(9);
    assertThat(run.fit().learningRate()).isEqualTo(0.01);
  }

  @Test
  void losses_marksTheBestEpoch() {
    Run run = Run.start(new Mean(4), settings(5));
    assertThat(run.losses().svg()).contains("<svg").contains("aria-label");
    assertThat(run.losses().description()).contains("validation");
  }

  @Test
  void models_rememberARun() {
    Mean mean = new Mean(4);
    Run run = Run.start(mean, settings(2));
    Models.Entry entry = Models.list().get(0);
    assertThat(entry.run()).isSameAs(run);
    Models.rename(entry.name(), "mean");
    assertThat(Models.get("mean").model()).isSameAs(mean.model());
    assertThatThrownBy(() -> Models.get("median")).hasMessageContaining("there are [mean]");
  }

  @Test
  void models_takeTheNamesOfVariables() {
    Mean first = new Mean(4);
    Mean second = new Mean(4);
    Models.name(first.model(), "model");
    assertThat(Models.list()).isEmpty(); // not trained yet
    Run.start(first, settings(1));
    Models.name(first.model(), "model");
    Run.start(second, settings(1));
    Models.name(second.model(), "model");
    assertThat(Models.get("model").model()).isSameAs(second.model());
    Models.name(second.model(), "other"); // has a name already
    assertThat(Models.list()).extracting(Models.Entry::model).contains(first.model());
    assertThat(Models.list()).extracting(Models.Entry::name).hasSize(2).contains("model");
  }

  @Test
  void settings_areChecked() {
    assertThatThrownBy(() -> Fit.epochs(0)).hasMessage("Fit: epochs must be at least 1, got 0");
    assertThatThrownBy(() -> Fit.epochs(1).learningRate(-1)).hasMessageContaining("learningRate");
    assertThatThrownBy(() -> Fit.epochs(1).clip(0)).hasMessageContaining("clip");
    assertThatThrownBy(() -> Fit.epochs(1).batch(0)).hasMessageContaining("batch");
    assertThatThrownBy(() -> Fit.epochs(1).patience(0)).hasMessageContaining("patience");
  }
}
