package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.data.SentencePair;
import unroll.data.SentencePairs;
import unroll.data.Split;
import unroll.data.TokenBatch;
import unroll.nn.Attention;
import unroll.nn.Linear;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.SequenceLayer;
import unroll.optim.Progress;
import unroll.tensor.Generator;
import unroll.train.Fit;
import unroll.train.Run;

class EncoderDecoderTest extends TopologyContract<EncoderDecoder> {

  private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e");

  /** The last letter first: a translation that no dictionary finds. */
  private static SentencePairs reversed() {
    Generator g = Generator.of(5);
    List<SentencePair> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      List<String> words = new ArrayList<>();
      for (int n = 1 + g.nextInt(4); n > 0; n--) {
        words.add(LETTERS.get(g.nextInt(5)));
      }
      List<String> back = new ArrayList<>(words);
      java.util.Collections.reverse(back);
      all.add(SentencePair.of(String.join(" ", words), String.join(" ", back)));
    }
    return SentencePairs.of(
        new Split<>(all.subList(0, 90), all.subList(90, 105), all.subList(105, 120)));
  }

  private static final SentencePairs PAIRS = reversed();

  @Override
  EncoderDecoder model(long seed) {
    Generator g = Generator.of(seed);
    return EncoderDecoder.of(
        Lstm.of(8, 12, g), Lstm.of(8, 12, g), Attention.additive(12, 12, 12, g), PAIRS, g);
  }

  @Override
  EncoderDecoder drawing(long seed) {
    Generator g = Generator.of(seed);
    return EncoderDecoder.of(
            Lstm.of(8, 12, g).layers(2).dropout(0.2),
            Lstm.of(8, 12, g).layers(2).dropout(0.2),
            Attention.additive(12, 12, 12, g),
            PAIRS,
            g)
        .scheduledSampling(ScheduledSampling.constant(0.5));
  }

  @Override
  Run fit(EncoderDecoder model, Fit settings) {
    return model.fit(PAIRS, settings);
  }

  @Override
  String predict(EncoderDecoder model) {
    return model.predict("a b c") + "; " + model.predict("d d a e", Decode.beam(3).maxLength(8));
  }

  @Override
  String[] summary() {
    return new String[] {
      "EncoderDecoder  input tokens [T, B]", "Lstm 8 → 12", "Attention additive", "[T', B, 9]"
    };
  }

  @Test
  void fit_learnsToTurnRound_attentionShowsIt() {
    Generator g = Generator.of(1);
    EncoderDecoder model =
        EncoderDecoder.of(
            Gru.of(12, 24, g), Gru.of(12, 24, g), Attention.additive(24, 24, 24, g), PAIRS, g);
    model.fit(
        PAIRS, Fit.epochs(60).batch(16).learningRate(1e-2).clip(1).generator(Generator.of(2)));
    Score score = model.score(PAIRS);
    assertThat(score.value()).isGreaterThan(score.baseline() + 10);
    assertThat(model.evaluate(PAIRS).rowCount()).isEqualTo(2);
    Translation trace = model.trace("a b c");
    assertThat(trace.source()).containsExactly("a", "b", "c");
    assertThat(trace.weights()).hasDimensions(trace.target().size(), 3);
    for (double[] row : trace.weights()) {
      assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-5));
    }
    assertThat(trace.attention().svg()).contains("Attention");
    assertThat(trace.heatMap("z").description()).contains("from a to c");
    assertThat(trace).hasToString("a b c → " + String.join(" ", trace.target()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void padding_changesNoLoss(boolean attention) {
    Generator g = Generator.of(6);
    Attention look = attention ? Attention.dot() : null;
    Translator<?, ?> parts =
        EncoderDecoder.of(Gru.of(4, 5, g), Gru.of(4, 5, g), look, PAIRS, g).parts();
    int[] source = {3, 4};
    int[] target = {2, 5, 6};
    int[] longSource = {5, 3, 2, 4, 6};
    int[] longTarget = {2, 4, 4, 5, 6, 7};
    double one = loss(parts, List.of(source), List.of(target), 0);
    double two = loss(parts, List.of(longSource), List.of(longTarget), 0);
    double both = loss(parts, List.of(source, longSource), List.of(target, longTarget), 0);
    assertThat(both).isCloseTo((3 * one + 6 * two) / 9, within(1e-6));
    double padded = loss(parts, List.of(source, longSource), List.of(target, longTarget), 5);
    assertThat(padded).isEqualTo(both);
  }

  private static double loss(
      Translator<?, ?> parts, List<int[]> sources, List<int[]> targets, int pad) {
    return parts.loss(TokenBatch.of(sources, pad), TokenBatch.of(targets, pad), 0).item();
  }

  /** The same pairs but one of a part, of which only one side is another. */
  private static SentencePairs changed(int part, boolean source) {
    List<List<SentencePair>> parts =
        new ArrayList<>(List.of(PAIRS.train(), PAIRS.validation(), PAIRS.test()));
    List<SentencePair> some = new ArrayList<>(parts.get(part));
    SentencePair old = some.get(5);
    String other = old.source().startsWith("a") ? "b" : "a";
    some.set(
        5,
        source
            ? SentencePair.of(other + old.source().substring(1), old.target())
            : SentencePair.of(old.source(), old.target().replaceFirst("[a-e]$", "d a")));
    parts.set(part, some);
    return SentencePairs.of(new Split<>(parts.get(0), parts.get(1), parts.get(2)));
  }

  @Test
  void checkpoint_ofOtherDataOrSampling_isRefused() {
    Consumer<Fit> first = fit -> model(1).fit(PAIRS, fit);
    requireAnotherTraining("source", first, fit -> model(1).fit(changed(0, true), fit));
    requireAnotherTraining("validation", first, fit -> model(1).fit(changed(1, true), fit));
    requireAnotherTraining("target", first, fit -> model(1).fit(changed(1, false), fit));
    for (ScheduledSampling sampling :
        List.<ScheduledSampling>of(
            ScheduledSampling.constant(0.1),
            ScheduledSampling.linear(0.1),
            ScheduledSampling.inverseSigmoid(50),
            at -> at.step() > 20 ? 0.1 : 0)) {
      requireAnotherTraining(
          "sampling " + ScheduledSamplings.checksum(sampling),
          first,
          fit -> model(1).scheduledSampling(sampling).fit(PAIRS, fit));
    }
  }

  @Test
  void checksum_ofSampling_tellsEachFromTheOthers() {
    assertThat(
            Stream.of(
                    ScheduledSampling.none(),
                    ScheduledSampling.constant(0.5),
                    ScheduledSampling.constant(0.4),
                    ScheduledSampling.linear(0.5),
                    ScheduledSampling.linear(0.4),
                    ScheduledSampling.inverseSigmoid(50),
                    ScheduledSampling.inverseSigmoid(51),
                    ScheduledSampling.inverseSigmoid(5_000),
                    ScheduledSampling.inverseSigmoid(5_001))
                .map(ScheduledSamplings::checksum))
        .doesNotHaveDuplicates();
    assertThat(ScheduledSamplings.checksum(at -> 0.5 * at.epoch() / at.epochs()))
        .isEqualTo(ScheduledSamplings.checksum(ScheduledSampling.linear(0.5)));
  }

  @Test
  void length_isTheLongerOfSourceAndTarget() {
    int[] words = {3, 4, 2, 5, 6};
    WritingObjective.Part part =
        model(1).parts().part(List.of(words, new int[] {3}), List.of(new int[] {2, 5}, words));
    assertThat(part.length(0)).isEqualTo(5);
    assertThat(part.length(1)).isEqualTo(5);
  }

  @Test
  void scheduledSampling_ofNothing_isTeacherForcing_andOfSomethingIsNot() {
    EncoderDecoder model = model(3);
    List<int[]> source = List.of(new int[] {3, 4, 2});
    List<int[]> target = List.of(new int[] {2, 5, 6, 7});
    TokenBatch in = TokenBatch.of(source, 0);
    TokenBatch out = TokenBatch.of(target, 0);
    double forced = model.parts().loss(in, out, 0).item();
    assertThat(model.parts().loss(in, out, 1e-12).item()).isCloseTo(forced, within(1e-6));
    assertThat(model.parts().loss(in, out, 1).item()).isNotCloseTo(forced, within(1e-4));
    Run run =
        model
            .scheduledSampling(ScheduledSampling.linear(0.5))
            .fit(PAIRS, Fit.epochs(4).learningRate(1e-2).generator(Generator.of(1)));
    assertThat(run.history().get(3).validationLoss())
        .isLessThan(run.history().get(0).validationLoss());
  }

  @Test
  void scheduledSampling_sharesAreThoseOfTheirFormulas() {
    Progress half = new Progress(50, 5, 10, List.of());
    assertThat(ScheduledSampling.none().share(half)).isZero();
    assertThat(ScheduledSampling.linear(0.4).share(half)).isCloseTo(0.2, within(1e-12));
    assertThat(ScheduledSampling.inverseSigmoid(10).share(half))
        .isCloseTo(1 - 10 / (10 + Math.exp(5)), within(1e-12));
    assertThatThrownBy(() -> ScheduledSampling.constant(2)).hasMessageContaining("from 0 to 1");
  }

  @Test
  void bridge_joinsStatesOfOtherShapes() {
    Generator g = Generator.of(7);
    EncoderDecoder model =
        EncoderDecoder.of(
            Gru.of(4, 5, g).bidirectional(), Lstm.of(4, 6, g).layers(2), null, PAIRS, g);
    assertThat(model.parameters()).containsKeys("bridge.0.weight", "bridge.1.weight");
    assertThat(model.toString()).contains("Bridge 10 → state");
    assertThat(model.predict("a b", Decode.beam(2).maxLength(4))).isNotNull();
    Run run = model.fit(PAIRS, Fit.epochs(2).generator(Generator.of(1)));
    assertThat(run.history().get(1).loss()).isLessThan(run.history().get(0).loss());
  }

  @Test
  void bridge_isDirectOnlyBetweenLayersOfAKind() {
    Generator g = Generator.of(7);
    SequenceLayer<?> gru = Gru.of(4, 5, g);
    SequenceLayer<?> two = Gru.of(4, 5, g).layers(2);
    assertThat(bridge(gru, Gru.of(4, 5, g))).isEmpty();
    assertThat(bridge(two, Gru.of(4, 5, g).layers(2))).isEmpty();
    assertThat(bridge(Gru.of(4, 5, g).bidirectional(), two)).hasSize(1);
    assertThat(bridge(Rnn.of(4, 5, g), gru)).hasSize(1);
    assertThat(bridge(Lstm.of(4, 5, g), Lstm.of(4, 6, g))).hasSize(2);
  }

  private static List<Linear> bridge(SequenceLayer<?> reads, SequenceLayer<?> writes) {
    return EncoderDecoder.of(reads, writes, null, PAIRS, Generator.of(1)).readingParts().bridge();
  }

  @Test
  void unfitData_isRefusedWithTheMend() {
    EncoderDecoder model = model(1);
    assertThatThrownBy(() -> model.fit(PAIRS.vocabulary(5), Fit.epochs(1)))
        .hasMessageContaining("make it with these pairs");
    assertThatThrownBy(() -> model.predict(" ")).hasMessageContaining("at least one word");
    Generator g = Generator.of(1);
    assertThatThrownBy(
            () -> EncoderDecoder.of(Gru.of(4, 5, g), Gru.of(4, 5, g).bidirectional(), PAIRS))
        .hasMessageContaining("must write forwards");
    EncoderDecoder plain = EncoderDecoder.of(Gru.of(4, 5, g), Gru.of(4, 5, g), null, PAIRS, g);
    assertThatThrownBy(() -> plain.trace("a").attention())
        .hasMessageContaining("Attention.additive");
    assertThat(plain.trace("a").drawing().title()).contains("Gates");
  }
}
