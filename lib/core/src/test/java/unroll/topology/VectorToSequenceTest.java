package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import unroll.data.Scene;
import unroll.data.Scenes;
import unroll.data.Split;
import unroll.data.Vocabulary;
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
