package unroll.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.Table;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.data.Scene;
import unroll.data.Scenes;
import unroll.data.TokenBatch;
import unroll.data.Tokenizer;
import unroll.data.Vocabulary;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.plot.DecoderDrawing;
import unroll.plot.Drawable;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;
import unroll.trace.Trace;
import unroll.train.Fit;
import unroll.train.Run;

/**
 * One vector goes in, and a sequence comes out: a picture in, a sentence out (Vinyals et al. 2015,
 * "Show and tell").
 *
 * <pre>{@code
 * var scenes = Scenes.draw(4_000);
 * var captioner = VectorToSequence.of(Linear.of(768, 128), Lstm.of(128, 128), scenes.vocabulary());
 * captioner.fit(scenes, Fit.epochs(20));
 * captioner.predict(scenes.test().get(0), Decode.beam(4))
 * }</pre>
 *
 * <pre>
 * input   [batch, inputSize], the vector
 * output  tokens [time, batch]; a logit for each word at each step
 * </pre>
 *
 * <p>The layers turn the vector into one that goes into the recurrent layer in a step of its own,
 * before the begin token; then the words follow, each with what came before. Words and their
 * vectors, and the layer from the recurrent one to the words, are made here. In training the right
 * words go in (teacher forcing), unless {@link #scheduledSampling} says otherwise.
 */
public final class VectorToSequence implements Trainable, Drawable {

  private final Writer<?> writer;
  private final ScheduledSampling sampling;

  private VectorToSequence(Writer<?> writer, ScheduledSampling sampling) {
    this.writer = writer;
    this.sampling = sampling;
  }

  /** A network from one layer, a recurrent one and the words that it may write. */
  public static VectorToSequence of(
      Layer encoder, SequenceLayer<?> decoder, Vocabulary vocabulary) {
    return of(List.of(encoder), decoder, vocabulary, Generator.session());
  }

  /** A network from several layers, the first on the vector, a recurrent one and the words. */
  public static VectorToSequence of(
      List<Layer> encoder, SequenceLayer<?> decoder, Vocabulary vocabulary) {
    return of(encoder, decoder, vocabulary, Generator.session());
  }

  /** A network from several layers, the first on the vector; numbers from the given generator. */
  public static VectorToSequence of(
      List<Layer> encoder, SequenceLayer<?> decoder, Vocabulary vocabulary, Generator generator) {
    Stack stack = new Stack("VectorToSequence", null, encoder);
    return new VectorToSequence(
        Writer.of(stack, decoder, vocabulary, generator), ScheduledSampling.none());
  }

  /**
   * The same network, its parameters shared, trained with some of its own words. Recurrent dropout
   * is then drawn anew at each step.
   */
  public VectorToSequence scheduledSampling(ScheduledSampling other) {
    return new VectorToSequence(writer, other);
  }

  /** The two parts, with the recurrent layer's state known. */
  private record Writer<S>(Stack encoder, TokenDecoder<S> decoder) {

    static <S> Writer<S> of(
        Stack encoder, SequenceLayer<S> layer, Vocabulary vocabulary, Generator generator) {
      TokenDecoder<S> decoder =
          new TokenDecoder<>("VectorToSequence", vocabulary, layer, null, 0, generator);
      int inputSize = encoder.layers().get(0).inputSize();
      Shape out = Shape.of(1, Math.max(1, inputSize));
      for (Layer one : encoder.layers()) {
        out = one.outputShape(out);
      }
      if (out.size(-1) != layer.inputSize()) {
        throw new IllegalArgumentException(
            "VectorToSequence: the decoder %s takes %d numbers, the encoder gives out %d"
                .formatted(layer, layer.inputSize(), out.size(-1)));
      }
      return new Writer<>(encoder, decoder);
    }

    /** The state after the vector, before the begin token. */
    S start(Tensor vectors) {
      S zero = decoder.decoder().initialState(vectors.size(0));
      return decoder.decoder().step(encoder.apply(vectors), zero).state();
    }

    Tensor loss(Tensor vectors, TokenBatch inputs, double ownShare) {
      return decoder.loss(start(vectors), null, inputs, ownShare);
    }

    Decoding.Written write(Tensor vector, Decode how) {
      return decoder.decoding(null, null).write(start(vector), how);
    }

    List<Decoding.Written> write(Tensor vectors) {
      return decoder.decoding(null, null).write(start(vectors), vectors.size(0), Decode.greedy());
    }
  }

  /**
   * Learns to write the captions of pictures, by cross-entropy over the words. Shows its progress
   * through the session's {@link unroll.train.Monitor}; ends within a step when its thread is
   * interrupted. The model is left with the weights of the best validation loss.
   *
   * @throws IllegalArgumentException if the data's vocabulary or sizes do not fit the network
   */
  public Run fit(Scenes data, Fit settings) {
    requireVocabulary(data.vocabulary());
    requireSize(Scene.NUMBERS);
    return Run.start(
        new WritingObjective(
            this, part(data.train()), part(data.validation()), vocabulary().pad(), sampling),
        settings);
  }

  private WritingObjective.Part part(List<Scene> scenes) {
    List<int[]> inputs = scenes.stream().map(s -> writer.decoder().input(s.tokens())).toList();
    Tensor vectors = vectors(scenes);
    return new WritingObjective.Part(
        example -> 1,
        Checksums.of(scenes.size(), i -> Checksums.of(scenes.get(i).pixels())),
        inputs,
        (some, batch, share) -> writer.loss(vectors.gather(some), batch, share));
  }

  private Tensor vectors(List<Scene> scenes) {
    double[] all = scenes.stream().flatMapToDouble(s -> Arrays.stream(s.pixels())).toArray();
    return Tensor.of(all, Shape.of(scenes.size(), Scene.NUMBERS), backend());
  }

  private void requireVocabulary(Vocabulary other) {
    if (!vocabulary().tokens().equals(other.tokens())) {
      throw new IllegalArgumentException(
          "fit: the network writes %s, the data has other words: %s; make the network with the data's vocabulary()"
              .formatted(vocabulary(), other));
    }
  }

  private void requireSize(int size) {
    int inputSize = writer.encoder().layers().get(0).inputSize();
    if (inputSize >= 0 && inputSize != size) {
      throw new IllegalArgumentException(
          "VectorToSequence: the network takes vectors of %d numbers, got %d; begin it with Linear.of(%d, …)"
              .formatted(inputSize, size, size));
    }
  }

  /** What it says of a picture, always the most probable word. */
  public String predict(Scene scene) {
    return predict(scene, Decode.greedy());
  }

  /** What it says of a picture. */
  public String predict(Scene scene, Decode how) {
    return predict(scene.pixels(), how);
  }

  /** What it writes to a vector of numbers. */
  public String predict(double[] vector, Decode how) {
    requireSize(vector.length);
    try (Tape memory = Tape.blank()) {
      Tensor input = Tensor.of(vector, Shape.of(1, vector.length), backend());
      return vocabulary().write(writer.write(input, how).tokens());
    }
  }

  /** How often the caption is right to the last word, beside the most frequent caption. */
  public Score score(Scenes data) {
    return written(data).exact();
  }

  /** BLEU and exact matches on the test part, beside those of the most frequent caption. */
  public Table evaluate(Scenes data) {
    return written(data).table();
  }

  /** The pictures of the test part whose caption is wrong: what was written, what is right. */
  public Table mistakes(Scenes data) {
    return written(data).mistakes(data.test().stream().map(Scene::caption).toList());
  }

  private WrittenTexts written(Scenes data) {
    List<Scene> test = data.test();
    List<List<String>> written = new ArrayList<>(Collections.nCopies(test.size(), List.of()));
    if (!test.isEmpty()) {
      Tensor vectors = vectors(test);
      Batches.each(
          test.size(),
          i -> 1,
          some -> {
            List<Decoding.Written> texts = writer.write(vectors.gather(some));
            for (int b = 0; b < some.length; b++) {
              written.set(some[b], vocabulary().decode(texts.get(b).tokens()));
            }
          });
    }
    List<List<String>> right = test.stream().map(Scene::tokens).toList();
    return new WrittenTexts(
        "most frequent caption",
        right,
        written,
        Collections.nCopies(right.size(), mostFrequent(data.train())));
  }

  private static List<String> mostFrequent(List<Scene> scenes) {
    Map<String, Integer> counts = new TreeMap<>();
    scenes.forEach(s -> counts.merge(s.caption(), 1, Integer::sum));
    String best = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    return Tokenizer.words().tokens(best);
  }

  /** The gates and states along the words that it writes to a picture. */
  public Trace trace(Scene scene) {
    return trace(writer, scene);
  }

  private <S> Trace trace(Writer<S> parts, Scene scene) {
    requireSize(Scene.NUMBERS);
    Tensor vector = vectors(List.of(scene));
    List<String> words = vocabulary().decode(parts.write(vector, Decode.greedy()).tokens());
    TokenBatch inputs = TokenBatch.of(List.of(parts.decoder().input(words)), vocabulary().pad());
    Tensor first = parts.encoder().apply(vector);
    Tensor all =
        Tensors.concat(
            0,
            List.of(
                first.reshape(1, 1, first.size(-1)), parts.decoder().embedding().lookup(inputs)));
    List<String> labels = new ArrayList<>(List.of("picture", Vocabulary.BEGIN));
    labels.addAll(words);
    return Trace.steps(List.of(parts.decoder().decoder()), all, 0, "goes in", labels);
  }

  /** The words that it may write. */
  public Vocabulary vocabulary() {
    return writer.decoder().vocabulary();
  }

  /** The layers that the vector goes through before it goes into the recurrent one. */
  public List<Layer> layers() {
    return writer.encoder().layers();
  }

  /** What writes, taken apart. */
  public WritingParts writingParts() {
    return writer.decoder().parts();
  }

  private Backend backend() {
    return writer.encoder().backend();
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    TokenDecoder.add(all, "encoder.", writer.encoder());
    all.putAll(writer.decoder().parameters());
    return Collections.unmodifiableMap(all);
  }

  private DecoderSummary summary() {
    int inputSize = writer.encoder().layers().get(0).inputSize();
    DecoderSummary summary =
        new DecoderSummary("VectorToSequence", NetworkSummary.once(inputSize), this);
    int size = Math.max(1, inputSize);
    for (Layer layer : writer.encoder().layers()) {
      size = layer.outputShape(Shape.of(1, size)).size(-1);
      summary.read(layer, NetworkSummary.once(size));
    }
    summary.write(writer.decoder());
    return summary;
  }

  /** The network unrolled in time. */
  @Override
  public DecoderDrawing drawing() {
    return summary().drawing("Vector to sequence").oneVector();
  }

  /** Its layers, shapes and parameters. */
  @Override
  public String toString() {
    return summary().text();
  }
}
