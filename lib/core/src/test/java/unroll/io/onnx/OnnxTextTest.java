package unroll.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unroll.data.SentencePair;
import unroll.data.SentencePairs;
import unroll.data.Split;
import unroll.data.Vocabulary;
import unroll.nn.Attention;
import unroll.nn.Initializer;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.topology.Decode;
import unroll.topology.EncoderDecoder;
import unroll.topology.VectorToSequence;

/** Texts that ONNX Runtime writes word by word, beside those of the networks themselves. */
@OnBackend("cpu")
class OnnxTextTest {

  private static final int LONGEST = 12;
  private static final SentencePairs PAIRS = pairs();
  private static final List<String> SENTENCES =
      List.of("the cat sleeps", "a dog", "the dog sees a big cat");

  @TempDir Path folder;

  private static SentencePairs pairs() {
    List<SentencePair> all =
        List.of(
            SentencePair.of("the cat sleeps", "le chat dort"),
            SentencePair.of("a dog sees the cat", "un chien voit le chat"),
            SentencePair.of("a big dog sleeps", "un grand chien dort"));
    return SentencePairs.of(new Split<>(all, all, all)).vocabulary(100);
  }

  private static List<EncoderDecoder> translators() {
    return List.of(
        EncoderDecoder.of(Lstm.of(5, 6), Lstm.of(5, 6), PAIRS),
        EncoderDecoder.of(Lstm.of(5, 6), Lstm.of(5, 6), Attention.additive(6), PAIRS),
        EncoderDecoder.of(
            Gru.of(5, 4).bidirectional(), Gru.of(5, 8).layers(2), Attention.dot(), PAIRS),
        EncoderDecoder.of(Gru.of(5, 4), Lstm.of(5, 6), Attention.multiplicative(6, 4), PAIRS));
  }

  @Test
  void encoderDecoder_translatesAsWeDo() throws Exception {
    Set<String> texts = new HashSet<>();
    for (EncoderDecoder model : translators()) {
      distinct(model);
      Path reader = folder.resolve("encoder.onnx");
      Path writer = folder.resolve("decoder.onnx");
      Onnx.encoder(model).write(reader);
      Onnx.decoder(model).write(writer);
      for (String sentence : SENTENCES) {
        int[] read = PAIRS.source().read(sentence);
        try (OnnxSession session = new OnnxSession(reader)) {
          Map<String, Tensor> start = session.tokens(read, read.length, 1).run();
          String text = written(writer, start, PAIRS.target());
          assertThat(text).isEqualTo(model.predict(sentence, Decode.greedy().maxLength(LONGEST)));
          texts.add(text);
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(2);
  }

  @Test
  void vectorToSequence_writesAsWeDo() throws Exception {
    VectorToSequence model =
        VectorToSequence.of(Linear.of(7, 5), Lstm.of(5, 6).layers(2), PAIRS.target());
    distinct(model);
    Path reader = folder.resolve("encoder.onnx");
    Path writer = folder.resolve("decoder.onnx");
    Onnx.encoder(model).write(reader);
    Onnx.decoder(model).write(writer);
    Generator generator = Generator.of(3);
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      double[] vector = Initializer.normal(0, 1).draw(generator, 7);
      try (OnnxSession session = new OnnxSession(reader)) {
        Map<String, Tensor> start =
            session.input("input", Tensor.of(vector, Shape.of(1, 7).sizes())).run();
        String text = written(writer, start, PAIRS.target());
        assertThat(text).isEqualTo(model.predict(vector, Decode.greedy().maxLength(LONGEST)));
        texts.add(text);
      }
    }
    assertThat(texts).hasSizeGreaterThan(1);
  }

  /** The most probable word each time, padding and the begin token apart. */
  private static String written(Path writer, Map<String, Tensor> start, Vocabulary words)
      throws IOException, OrtException {
    Map<String, Tensor> inputs = new LinkedHashMap<>(start);
    List<Integer> found = new ArrayList<>();
    int word = words.begin();
    try (OnnxSession session = new OnnxSession(writer)) {
      while (found.size() < LONGEST) {
        session.tokens(new int[] {word}, 1, 1);
        for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
          session.input(input.getKey(), input.getValue());
        }
        Map<String, Tensor> step = session.run();
        double[] logits = step.get("output").toArray();
        logits[words.pad()] = Double.NEGATIVE_INFINITY;
        logits[words.begin()] = Double.NEGATIVE_INFINITY;
        word = 0;
        for (int w = 1; w < logits.length; w++) {
          word = logits[w] > logits[word] ? w : word;
        }
        if (word == words.end()) {
          break;
        }
        found.add(word);
        inputs.put("h_0", step.get("h_n"));
        inputs.computeIfPresent("c_0", (name, before) -> step.get("c_n"));
      }
    }
    return words.write(found.stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void twoGraphs_areNotWrittenAsOne() {
    VectorToSequence model = VectorToSequence.of(Linear.of(7, 5), Gru.of(5, 6), PAIRS.target());
    assertThatThrownBy(() -> Onnx.write(model, folder.resolve("none.onnx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Onnx.encoder(model) and Onnx.decoder(model)");
    assertThat(Onnx.decoder(model))
        .asString()
        .contains("in:  tokens int64 [time, batch], h_0 float [batch, 6]");
  }

  private static void distinct(Trainable model) {
    Generator generator = Generator.of(11);
    model
        .parameters()
        .values()
        .forEach(p -> p.set(Initializer.uniform(1).draw(generator, p.shape().sizes())));
  }
}
