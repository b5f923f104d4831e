package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import unroll.data.Scene;
import unroll.data.Scenes;
import unroll.data.Split;
import unroll.data.Vocabulary;
import unroll.nn.Dropout;
import unroll.nn.Linear;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.tensor.Generator;
import unroll.trace.Trace;
import unroll.train.Fit;
import unroll.train.Run;

class VectorToSequenceTest extends TopologyContract<VectorToSequence> {

  private static final Scenes SCENES = Scenes.draw(100, Generator.of(2));

  @Override
  VectorToSequence model(long seed) {
    Generator g = Generator.of(seed);
    return VectorToSequence.of(
        List.of(Linear.of(Scene.NUMBERS, 12, g)), Lstm.of(12, 16, g), SCENES.vocabulary(), g);
  }

  @Override
  VectorToSequence drawing(long seed) {
    Generator g = Generator.of(seed);
    return VectorToSequence.of(
            List.of(Linear.of(Scene.NUMBERS, 12, g), Dropout.of(0.2)),
            Lstm.of(12, 16, g).layers(2).dropout(0.2),
            SCENES.vocabulary(),
            g)
        .scheduledSampling(ScheduledSampling.constant(0.5));
  }

  private static Scenes changed(int part, boolean pixel) {
    List<List<Scene>> parts = new ArrayList<>(List.of(SCENES.train(), SCENES.validation()));
    List<Scene> some = new ArrayList<>(parts.get(part));
    double[] pixels = some.get(5).pixels();
    pixels[400] += pixel ? 1.0 / 256 : 0;
    some.set(5, new Scene(pixels, pixel ? some.get(5).caption() : "a a a a a a a a"));
    parts.set(part, some);
    return Scenes.of(new Split<>(parts.get(0), parts.get(1), SCENES.test()));
  }

  @Test
  void checkpoint_ofOtherDataOrSampling_isRefused() {
    Consumer<Fit> first = fit -> model(1).fit(SCENES, fit);
    requireAnotherTraining("pixel", first, fit -> model(1).fit(changed(0, true), fit));
    requireAnotherTraining("validation", first, fit -> model(1).fit(changed(1, true), fit));
    requireAnotherTraining("caption", first, fit -> model(1).fit(changed(1, false), fit));
    ScheduledSampling half = ScheduledSampling.constant(0.5);
    requireAnotherTraining(
        "sampling", first, fit -> model(1).scheduledSampling(half).fit(SCENES, fit));
  }

  @Override
  Run fit(VectorToSequence model, Fit settings) {
    return model.fit(SCENES, settings);
  }

  @Override
  String predict(VectorToSequence model) {
    return model.predict(SCENES.test().get(0))
        + "; "
        + model.predict(SCENES.test().get(1), Decode.beam(3).maxLength(12));
  }

  @Override
  String[] summary() {
    return new String[] {
      "VectorToSequence  input [B, 768]", "Linear 768 → 12", "Lstm 12 → 16", "[T', B, 17]"
    };
  }

  @Test
  void fit_learnsAFewPicturesByHeart_scoreAndTraceSayIt() {
    List<Scene> few = SCENES.train().subList(0, 8);
    Scenes same = Scenes.of(new Split<>(few, few, few));
    Generator g = Generator.of(3);
    VectorToSequence model =
        VectorToSequence.of(
            List.of(Linear.of(Scene.NUMBERS, 16, g)), Gru.of(16, 24, g), same.vocabulary(), g);
    model.fit(same, Fit.epochs(150).learningRate(1e-2).clip(1).generator(Generator.of(4)));
    assertThat(model.score(same).value()).isEqualTo(1);
    assertThat(model.score(same).baseline()).isLessThan(0.3);
    assertThat(model.evaluate(same).rowCount()).isEqualTo(2);
    assertThat(model.mistakes(same).rowCount()).isZero();
    for (Scene scene : few) {
      assertThat(model.predict(scene)).isEqualTo(scene.caption());
      assertThat(model.predict(scene, Decode.beam(4))).isEqualTo(scene.caption());
    }
    Trace trace = model.trace(few.get(0));
    assertThat(trace.layers().get(0).gates().get("z"))
        .hasDimensions(24, few.get(0).tokens().size() + 2);
    assertThat(trace.heatMap("z").description()).contains("from picture to");
  }

  @Test
  void unfitData_isRefusedWithTheMend() {
    Generator g = Generator.of(1);
    Vocabulary words = SCENES.vocabulary();
    assertThatThrownBy(() -> VectorToSequence.of(Linear.of(768, 8), Lstm.of(12, 16), words))
        .hasMessageContaining("Lstm 12 → 16 takes 12 numbers, the encoder gives out 8");
    Vocabulary reading = Vocabulary.reading(List.of(List.of("a")), 9);
    assertThatThrownBy(() -> VectorToSequence.of(Linear.of(768, 12), Lstm.of(12, 16), reading))
        .hasMessageContaining("Vocabulary.writing");
    Vocabulary other = Vocabulary.writing(List.of(List.of("a")), 9);
    VectorToSequence stranger =
        VectorToSequence.of(List.of(Linear.of(768, 12, g)), Lstm.of(12, 16, g), other, g);
    assertThatThrownBy(() -> stranger.fit(SCENES, Fit.epochs(1)))
        .hasMessageContaining("the data's vocabulary()");
    VectorToSequence small =
        VectorToSequence.of(List.of(Linear.of(5, 12, g)), Lstm.of(12, 16, g), words, g);
    assertThatThrownBy(() -> small.fit(SCENES, Fit.epochs(1)))
        .hasMessageContaining("begin it with Linear.of(768, …)");
  }
}
