package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.nn.Trainable;
import unroll.plot.Drawable;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;
import unroll.train.Callback;
import unroll.train.Fit;
import unroll.train.Run;

/**
 * What every topology keeps to.
 *
 * @param <M> the topology
 */
abstract class TopologyContract<M extends Trainable & Drawable> {

  /** A small network whose numbers come from a seed. */
  abstract M model(long seed);

  /** Fits it to a small problem that it can learn. */
  abstract Run fit(M model, Fit settings);

  /** What it says of something, as text. */
  abstract String predict(M model);

  /** One that drops and draws in training what it can. */
  abstract M drawing(long seed);

  /** A rank of words that must stand in its summary. */
  abstract String[] summary();

  private static Fit settings(int epochs) {
    return Fit.epochs(epochs).learningRate(1e-2).clip(1).batch(16).generator(Generator.of(9));
  }

  @Test
  void parameters_areNamedAndDistinct() {
    Map<String, ?> parameters = model(1).parameters();
    assertThat(parameters).isNotEmpty();
    assertThat(parameters.keySet()).allMatch(name -> name.matches("[A-Za-z0-9_]+(\\.\\w+)+"));
    assertThat(parameters.values().stream().distinct().count()).isEqualTo(parameters.size());
  }

  @Test
  void fit_lowersTheLoss() {
    Run run = fit(model(1), settings(16));
    double first = run.history().get(0).loss();
    assertThat(run.history().get(15).loss()).isLessThan(0.8 * first);
    assertThat(run.history()).allMatch(e -> Double.isFinite(e.validationLoss()));
  }

  @Test
  void fit_sameSeedSameBits() {
    M first = model(1);
    M second = model(1);
    fit(first, settings(2));
    fit(second, settings(2));
    first
        .parameters()
        .forEach(
            (name, p) ->
                assertThat(p.value().toArray())
                    .as(name)
                    .isEqualTo(second.parameters().get(name).value().toArray()));
  }

  @Test
  void fit_stoppedEverySecondStep_isTheUndisturbedOneToTheBit() {
    requireResumable(drawing(1), drawing(1), this::fit, () -> settings(2));
  }

  /** Fits one model undisturbed, the other with stops, and compares. */
  static <M extends Trainable> void requireResumable(
      M whole, M parts, BiFunction<M, Fit, Run> fit, Supplier<Fit> settings) {
    Run undisturbed = fit.apply(whole, settings.get());
    Callback stop =
        Callback.afterStep(
            run -> {
              if (run.steps() % 2 == 0) {
                run.stop();
              }
            });
    Run run = fit.apply(parts, settings.get().callback(stop));
    int stops = 0;
    while (run.status() == Run.Status.STOPPED) {
      stops++;
      run.resume();
    }
    assertThat(stops).isGreaterThan(1);
    assertThat(run.steps()).isEqualTo(undisturbed.steps());
    assertThat(run.history()).isEqualTo(undisturbed.history());
    whole
        .parameters()
        .forEach(
            (name, p) ->
                assertThat(parts.parameters().get(name).value().toArray())
                    .as(name)
                    .isEqualTo(p.value().toArray()));
  }

  @TempDir Path folder;

  /** A checkpoint of the first is gone on with by a second like it, but not by another. */
  final void requireAnotherTraining(String difference, Consumer<Fit> first, Consumer<Fit> other) {
    Fit fit = settings(1).checkpoint(folder.resolve(difference + ".safetensors"));
    first.accept(fit);
    first.accept(fit);
    assertThatThrownBy(() -> other.accept(fit)).as(difference).hasMessageContaining("data was ");
  }

  @Test
  void predict_isDeterministic_anotherModelSaysTheSameOnceLoaded() {
    M model = model(1);
    fit(model, settings(4));
    assertThat(predict(model)).isEqualTo(predict(model));
    Map<String, Tensor> saved = new LinkedHashMap<>();
    model.parameters().forEach((name, p) -> saved.put(name, p.value().keep()));
    M other = model(2);
    fit(other, settings(1));
    other.load(saved);
    assertThat(predict(other)).isEqualTo(predict(model));
  }

  @Test
  void drawingAndSummary_sayWhatItIs() {
    M model = model(1);
    assertThat(model.toString()).contains(summary()).contains("parameters");
    assertThat(model.drawing().svg()).contains("<svg", "aria-label");
    assertThat(model.drawing().png()).isNotEmpty();
    assertThat(model.drawing().text(80)).isNotBlank();
  }
}
