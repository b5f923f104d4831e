package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import unroll.data.Characters;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;
import unroll.train.Fit;
import unroll.train.Run;
import unroll.train.TruncatedObjective;

/** {@link SequenceToSequence} over characters. */
class CharacterModelTest {

  private static final Characters TEXT = Characters.of("the cat and the dog. ".repeat(40));

  private static SequenceToSequence model(long seed) {
    Generator g = Generator.of(seed);
    int size = TEXT.vocabulary().size();
    return SequenceToSequence.of(
        Embedding.of(TEXT.vocabulary(), 8, g), Lstm.of(8, 24, g), Linear.of(24, size, g));
  }

  @Test
  void fit_learnsATextByHeart_andWritesIt() {
    SequenceToSequence model = model(1);
    Run run =
        model.fit(
            TEXT, Fit.epochs(120).batch(8).learningRate(2e-2).clip(1).generator(Generator.of(2)));
    assertThat(run.history().get(119).loss()).isLessThan(0.3 * run.history().get(0).loss());
    Score score = model.score(TEXT);
    assertThat(score.value()).isLessThan(score.baseline());
    assertThat(score.toString()).contains("bits per character");
    assertThat(model.evaluate(TEXT).rowCount()).isEqualTo(2);
    assertThat(model.generate("the cat", 14, Decode.greedy())).isEqualTo("the cat and the dog. ");
    assertThat(model.trace("the cat").layers().get(0).gates().get("f")).hasDimensions(24, 7);
  }

  @Test
  void generate_sameDrawsSameText_lengthAsAsked() {
    SequenceToSequence model = model(1);
    Decode how = Decode.sample().temperature(0.9).topK(5);
    String first = Generator.with(Generator.of(3), () -> model.generate("t", 30, how));
    assertThat(first).hasSize(31).doesNotContain("<unk>");
    assertThat(Generator.with(Generator.of(3), () -> model.generate("t", 30, how)))
        .isEqualTo(first);
    assertThat(Generator.with(Generator.of(4), () -> model.generate("t", 30, how)))
        .isNotEqualTo(first);
  }

  @Test
  void parts_withTheStateCarried_areTheWhole() {
    SequenceToSequence model = model(5);
    TruncatedObjective text = new TextObjective(model, model.stack(), TEXT, 4);
    int[] lanes = {0, 1, 2, 3};
    int length = text.length(0);
    double whole = text.loss(lanes).item();
    double sum = 0;
    List<Tensor> carried = List.of();
    for (int from = 0; from < length; from += 50) {
      int to = Math.min(length, from + 50);
      TruncatedObjective.Part part = text.loss(lanes, from, to, carried);
      sum += part.loss().item() * text.weight(lanes, from, to);
      carried = part.carried();
    }
    assertThat(sum / text.weight(lanes)).isCloseTo(whole, within(1e-5));
  }

  @Test
  void fit_stoppedEverySecondStep_isTheUndisturbedOneToTheBit() {
    TopologyContract.requireResumable(
        model(1),
        model(1),
        (model, fit) -> model.fit(TEXT, fit),
        () -> Fit.epochs(2).batch(8).truncate(30).clip(1).generator(Generator.of(2)));
  }

  @Test
  void fingerprint_isOfAllBitsOfBothParts() {
    SequenceToSequence model = model(1);
    assertThat(
            Stream.of("abababab", "ababababab", "abababbaba", "ababababba")
                .map(text -> Characters.of(text, 0.4, 0.1))
                .map(data -> new TextObjective(model, model.stack(), data, 1).fingerprint()))
        .doesNotHaveDuplicates();
    String many =
        IntStream.range(0x4e00, 0x5000).mapToObj(Character::toString).reduce("", String::concat);
    String other = many + many.charAt(0) + many.charAt(256);
    Characters first = Characters.of(other + many.charAt(10), 0, 0);
    Characters second = Characters.of(other + many.charAt(266), 0, 0);
    assertThat(new TextObjective(model, model.stack(), first, 1).fingerprint())
        .isNotEqualTo(new TextObjective(model, model.stack(), second, 1).fingerprint());
  }

  @Test
  void score_ofAnUntrainedModel_isThatOfChance() {
    double chance = Math.log(TEXT.vocabulary().size()) / Math.log(2);
    assertThat(model(1).score(TEXT).value()).isCloseTo(chance, within(0.5));
  }

  @Test
  void unfitData_isRefusedWithTheMend() {
    Generator g = Generator.of(1);
    SequenceToSequence small =
        SequenceToSequence.of(Embedding.of(TEXT.vocabulary(), 4, g), Gru.of(4, 5, g));
    assertThatThrownBy(() -> small.fit(TEXT, Fit.epochs(1)))
        .hasMessageContaining("end it with Linear.of(…, %d)".formatted(TEXT.vocabulary().size()));
    assertThatThrownBy(() -> model(1).fit(Characters.of("xyzxyz"), Fit.epochs(1)))
        .hasMessageContaining("Embedding.of(data.vocabulary(), 8)");
    SequenceToSequence both =
        SequenceToSequence.of(
            Embedding.of(TEXT.vocabulary(), 4, g),
            Gru.of(4, 5, g).bidirectional(),
            Linear.of(10, TEXT.vocabulary().size(), g));
    assertThatThrownBy(() -> both.fit(TEXT, Fit.epochs(1))).hasMessageContaining("one direction");
    assertThatThrownBy(() -> model(1).generate("t", 3, Decode.beam(2)))
        .hasMessageContaining("Decode.sample()");
    assertThatThrownBy(() -> model(1).generate("", 3, Decode.greedy()))
        .hasMessageContaining("at least one character");
  }
}
