package unroll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import unroll.data.Sentence;
import unroll.data.Sentences;
import unroll.data.Sequences;
import unroll.data.Split;
import unroll.data.TokenBatch;
import unroll.data.Tokenizer;
import unroll.nn.Dropout;
import unroll.nn.Embedding;
import unroll.nn.Linear;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.trace.Trace;
import unroll.train.Fit;
import unroll.train.Run;

class SequenceToVectorTest extends TopologyContract<SequenceToVector> {

  /** "not" turns a feeling round: a bag of words cannot know. */
  static Sentences feelings() {
    List<Sentence> all = new ArrayList<>();
    for (String thing : List.of("film", "book", "day", "meal", "song", "play", "tea", "walk")) {
      for (String word : List.of("good", "fine", "bad", "dull")) {
        boolean good = word.equals("good") || word.equals("fine");
        all.add(sentence("the " + thing + " was " + word, good));
        all.add(sentence("the " + thing + " was not " + word + " at all", !good));
      }
    }
    return Sentences.of(
        new Split<>(all.subList(0, 48), all.subList(48, 56), all.subList(56, all.size())));
  }

  private static Sentence sentence(String text, boolean good) {
    return new Sentence(text, Tokenizer.words().tokens(text), good ? "positive" : "negative");
  }

  @Override
  SequenceToVector model(long seed) {
    Generator g = Generator.of(seed);
    return SequenceToVector.of(
        Embedding.of(feelings().vocabulary(), 6, g), Gru.of(6, 10, g), Linear.of(10, 2, g));
  }

  @Override
  SequenceToVector drawing(long seed) {
    Generator g = Generator.of(seed);
    return SequenceToVector.of(
        Embedding.of(feelings().vocabulary(), 6, g),
        Gru.of(6, 10, g).layers(2).dropout(0.2).recurrentDropout(0.1),
        Dropout.of(0.2),
        Linear.of(10, 2, g));
  }

  @Override
  Run fit(SequenceToVector model, Fit settings) {
    return model.fit(feelings(), settings);
  }

  @Override
  String predict(SequenceToVector model) {
    return model.predict("the film was not bad") + " " + model.predict("good");
  }

  @Override
  String[] summary() {
    return new String[] {
      "SequenceToVector  input tokens [T, B]", "Embedding", "[T, B, 10]", "Linear 10 → 2", "[B, 2]"
    };
  }

  private static Sentences changed(int part, boolean label) {
    Sentences old = feelings();
    List<List<Sentence>> parts = new ArrayList<>(List.of(old.train(), old.validation()));
    List<Sentence> some = new ArrayList<>(parts.get(part));
    Sentence s = some.get(5);
    String other = s.label().equals("positive") ? "negative" : "positive";
    List<String> tokens = new ArrayList<>(s.tokens());
    Collections.reverse(tokens);
    some.set(
        5, label ? new Sentence(s.text(), s.tokens(), other) : new Sentence("", tokens, s.label()));
    parts.set(part, some);
    return Sentences.of(new Split<>(parts.get(0), parts.get(1), old.test()));
  }

  @Test
  void checkpoint_ofOtherData_isRefused() {
    Consumer<Fit> first = fit -> model(1).fit(feelings(), fit);
    for (int part : new int[] {0, 1}) {
      requireAnotherTraining("label " + part, first, f -> model(1).fit(changed(part, true), f));
      requireAnotherTraining("words " + part, first, f -> model(1).fit(changed(part, false), f));
    }
  }

  @Test
  void checksum_ofNumbers_isOfInputsAndTargets() {
    double[][][] inputs = {{{1, 2}, {3, 4}}, {{5, 6}}};
    double[][][] others = {{{1, 2}, {3, 4}}, {{5, 7}}};
    assertThat(
            Stream.of(
                    Sequences.of(inputs, new double[][] {{1}, {2}}),
                    Sequences.of(others, new double[][] {{1}, {2}}),
                    Sequences.of(inputs, new double[][] {{2}, {1}}),
                    Sequences.of(inputs, new int[] {0, 1}, 2),
                    Sequences.of(inputs, new int[] {1, 0}, 2))
                .map(some -> VectorExamples.of(some).checksum()))
        .doesNotHaveDuplicates();
  }

  private SequenceToVector fitted() {
    SequenceToVector model = model(1);
    model.fit(
        feelings(), Fit.epochs(40).learningRate(1e-2).clip(1).batch(16).generator(Generator.of(9)));
    return model;
  }

  @Test
  void fit_learnsWhatABagOfWordsCannot() {
    SequenceToVector model = fitted();
    Score score = model.score(feelings());
    assertThat(score.value()).isEqualTo(1);
    assertThat(score.baseline()).isLessThan(0.8);
    assertThat(score.toString()).matches("test accuracy: 1\\.000 \\(baseline 0\\.\\d{3}\\)");
    assertThat(model.evaluate(feelings()).column("accuracy").size()).isEqualTo(3);
    assertThat(model.mistakes(feelings()).rowCount()).isZero();
    assertThat(model.predict("the film was not bad at all").toString())
        .matches("positive [01]\\.\\d\\d");
    Prediction prediction = model.predict("the film was dull");
    assertThat(prediction.label()).isEqualTo("negative");
    assertThat(prediction.probability("negative") + prediction.probability("positive"))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void trace_hasAColumnForEachWord() {
    Trace trace = model(1).trace("Not bad, at all");
    assertThat(trace.layers().get(0).gates().get("z")).hasDimensions(10, 5);
    assertThat(trace.heatMap("z").svg()).contains("update gate z");
    assertThat(trace.heatMap("z").description()).contains("from not to all");
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void padding_changesNothing(Pooling pooling) {
    SequenceToVector model = model(3).pooling(pooling);
    int[] shorter = {3, 4, 5};
    int[] longer = {5, 4, 3, 6, 7, 2, 4};
    double[] alone = logits(model, List.of(shorter));
    double[] padded = logits(model, List.of(shorter, longer));
    assertThat(java.util.Arrays.copyOf(padded, 2)).containsExactly(alone, within(1e-6));
    TokenBatch batch = TokenBatch.of(List.of(shorter, longer), 0);
    TokenBatch other = TokenBatch.of(List.of(shorter, longer), 6);
    assertThat(logits(model, batch)).isEqualTo(logits(model, other));
  }

  private static double[] logits(SequenceToVector model, List<int[]> sentences) {
    return logits(model, TokenBatch.of(sentences, 0));
  }

  private static double[] logits(SequenceToVector model, TokenBatch batch) {
    return model.predict(model.stack().embed(batch), batch.lengths()).toArray();
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void pooling_isWhatItsNameSays(Pooling pooling) {
    Generator g = Generator.of(4);
    Lstm lstm = Lstm.of(2, 3, g);
    SequenceToVector model = SequenceToVector.of(lstm).pooling(pooling);
    double[] values = new double[5 * 2];
    g.fillNormal(values, 0, 1);
    Tensor input = Tensor.of(values, 5, 1, 2);
    Tensor all = lstm.apply(input.slice(0, 0, 4));
    Tensor expected =
        switch (pooling) {
          case LAST -> all.get(3);
          case MEAN -> all.mean(0);
          case MAX -> all.max(0);
        };
    assertThat(model.predict(input, new int[] {4}).toArray())
        .containsExactly(expected.toArray(), within(1e-6));
    assertThat(model.predict(input).shape()).isEqualTo(Shape.of(1, 3));
  }

  @Test
  void fit_numbersAndClassesOfDifferentLengths() {
    Generator g = Generator.of(5);
    double[][][] inputs = new double[60][][];
    double[][] sums = new double[60][1];
    int[] signs = new int[60];
    for (int i = 0; i < 60; i++) {
      inputs[i] = new double[2 + g.nextInt(4)][1];
      for (double[] step : inputs[i]) {
        step[0] = g.nextGaussian() / 2;
        sums[i][0] += step[0];
      }
      signs[i] = sums[i][0] > 0 ? 1 : 0;
    }
    Fit settings = Fit.epochs(40).learningRate(1e-2).generator(Generator.of(6));
    Sequences numbers = Sequences.of(inputs, sums);
    SequenceToVector adder = SequenceToVector.of(Lstm.of(1, 8, g), Linear.of(8, 1, g));
    Run run = adder.fit(new Split<>(numbers, numbers, numbers), settings);
    assertThat(run.best().orElseThrow().validationLoss()).isLessThan(0.05);
    Sequences classes = Sequences.of(inputs, signs, 2);
    SequenceToVector sign = SequenceToVector.of(Gru.of(1, 8, g), Linear.of(8, 2, g));
    Run second = sign.fit(new Split<>(classes, classes, classes), settings);
    assertThat(second.best().orElseThrow().validationLoss()).isLessThan(0.3);
    assertThatThrownBy(() -> sign.fit(new Split<>(numbers, numbers, numbers), settings))
        .hasMessageContaining("end it with Linear.of(8, 1)");
  }

  @Test
  void unfitData_isRefusedWithTheMend() {
    Generator g = Generator.of(1);
    Fit settings = Fit.epochs(1);
    assertThatThrownBy(() -> SequenceToVector.of(Linear.of(2, 2)))
        .hasMessageContaining("needs a recurrent layer");
    assertThatThrownBy(() -> SequenceToVector.of(Lstm.of(1, 8, g), Linear.of(4, 2, g)))
        .hasMessage(
            "SequenceToVector: Linear 4 → 2 takes 4 numbers, but Lstm 1 → 8 below gives out 8");
    SequenceToVector numbers = SequenceToVector.of(Lstm.of(1, 8, g), Linear.of(8, 2, g));
    assertThatThrownBy(() -> numbers.fit(feelings(), settings))
        .hasMessageContaining("begin it with Embedding.of(vocabulary, size)");
    SequenceToVector three =
        SequenceToVector.of(
            Embedding.of(feelings().vocabulary(), 4, g), Gru.of(4, 6, g), Linear.of(6, 3, g));
    assertThatThrownBy(() -> three.fit(feelings(), settings))
        .hasMessageContaining("end it with Linear.of(6, 2)");
    SequenceToVector other =
        SequenceToVector.of(
            Embedding.of(feelings().vocabulary(5).vocabulary(), 4, g), Gru.of(4, 2, g));
    assertThatThrownBy(() -> other.fit(feelings(), settings))
        .hasMessageContaining("Embedding.of(data.vocabulary(), 4)");
    assertThatThrownBy(() -> model(1).predict("good")).hasMessageContaining("labels(");
    assertThatThrownBy(() -> model(1).labels("a", "b").predict(" "))
        .hasMessageContaining("at least one word");
    SequenceToVector nameless = SequenceToVector.of(Embedding.of(9, 4, g), Gru.of(4, 2, g));
    assertThatThrownBy(() -> nameless.trace("x")).hasMessageContaining("without a vocabulary");
  }

  @Test
  void summary_carriesTheSizeThroughALayerOfAnySize() {
    SequenceToVector model =
        SequenceToVector.of(
            Embedding.of(feelings().vocabulary(), 6),
            Dropout.of(0.1),
            Gru.of(6, 4),
            Dropout.of(0.2),
            Linear.of(4, 2));
    assertThat(model.toString().replaceAll(" +", " "))
        .contains("Dropout 0.1 [T, B, 6]", "Gru 6 → 4 [T, B, 4]", "Dropout 0.2 [B, 4]");
  }
}
