package unroll.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.data.SentencePair;
import unroll.data.SentencePairs;
import unroll.data.TokenBatch;
import unroll.data.Vocabulary;
import unroll.data.WordByWord;
import unroll.nn.Attention;
import unroll.nn.Embedding;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.plot.DecoderDrawing;
import unroll.plot.Drawable;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;
import unroll.trace.Trace;
import unroll.train.Fit;
import unroll.train.Run;

/**
 * A sequence goes in, and another sequence of its own length comes out: a sentence in, its
 * translation out (Sutskever et al. 2014; Cho et al. 2014). Without attention all of the sentence
 * has to go through the state that the encoder ends with; with attention (Bahdanau et al. 2015;
 * applied to the decoder's output, as Luong et al. 2015) the decoder looks back at each word.
 *
 * <pre>{@code
 * var pairs = SentencePairs.read("../data/pairs-en-fr.tsv");
 * var translator =
 *     EncoderDecoder.of(Lstm.of(64, 128), Lstm.of(64, 128), Attention.additive(128), pairs);
 * translator.fit(pairs, Fit.epochs(30));
 * translator.predict("the cat sleeps", Decode.beam(4));
 * translator.trace("the cat sleeps").attention()
 * }</pre>
 *
 * <pre>
 * input   tokens [T, batch]
 * output  tokens [T', batch]; a logit for each word at each step
 * </pre>
 *
 * <p>Words' vectors, and the layer from the decoder to the words, are made here, of the sizes of
 * the recurrent layers. The decoder begins with the encoder's last state; where that is another's
 * (a bidirectional encoder, another kind of layer, other shapes), with tanh(W last + b). In
 * training the right words go in (teacher forcing), unless {@link #scheduledSampling} says
 * otherwise. Padding changes nothing.
 */
public final class EncoderDecoder implements Trainable, Drawable {

  private final Translator<?, ?> parts;
  private final Vocabulary words;
  private final ScheduledSampling sampling;

  private EncoderDecoder(Translator<?, ?> parts, Vocabulary words, ScheduledSampling sampling) {
    this.parts = parts;
    this.words = words;
    this.sampling = sampling;
  }

  /** A network without attention. */
  public static EncoderDecoder of(
      SequenceLayer<?> encoder, SequenceLayer<?> decoder, SentencePairs pairs) {
    return of(encoder, decoder, null, pairs, Generator.session());
  }

  /** A network with attention: queries of the decoder's size, keys of the encoder's. */
  public static EncoderDecoder of(
      SequenceLayer<?> encoder,
      SequenceLayer<?> decoder,
      Attention attention,
      SentencePairs pairs) {
    return of(encoder, decoder, attention, pairs, Generator.session());
  }

  /**
   * A network whose further numbers come from the given generator.
   *
   * @param attention null for none
   */
  public static EncoderDecoder of(
      SequenceLayer<?> encoder,
      SequenceLayer<?> decoder,
      Attention attention,
      SentencePairs pairs,
      Generator generator) {
    return new EncoderDecoder(
        join(encoder, decoder, attention, pairs, generator),
        pairs.source(),
        ScheduledSampling.none());
  }

  private static <E, S> Translator<E, S> join(
      SequenceLayer<E> encoder,
      SequenceLayer<S> decoder,
      Attention attention,
      SentencePairs pairs,
      Generator generator) {
    if (encoder.inputSize() < 1) {
      throw new IllegalArgumentException(
          "EncoderDecoder: the encoder must say how many inputs it takes, got " + encoder);
    }
    Embedding source = Embedding.of(pairs.source(), encoder.inputSize(), generator);
    TokenDecoder<S> writer =
        new TokenDecoder<>(
            "EncoderDecoder", pairs.target(), decoder, attention, encoder.outputSize(), generator);
    return new Translator<>(source, encoder, new Bridge<>(encoder, decoder, generator), writer);
  }

  /**
   * The same network, its parameters shared, trained with some of its own words. Recurrent dropout
   * is then drawn anew at each step.
   */
  public EncoderDecoder scheduledSampling(ScheduledSampling other) {
    return new EncoderDecoder(parts, words, other);
  }

  /**
   * Learns to write the translations, by cross-entropy over their words. Shows its progress through
   * the session's {@link unroll.train.Monitor}; ends within a step when its thread is interrupted.
   * The model is left with the weights of the best validation loss.
   *
   * @throws IllegalArgumentException if the data's vocabularies are not the network's
   */
  public Run fit(SentencePairs data, Fit settings) {
    if (!words.tokens().equals(data.source().tokens())
        || !target().tokens().equals(data.target().tokens())) {
      throw new IllegalArgumentException(
          "fit: the network was made for other words than the data has; make it with these pairs: EncoderDecoder.of(…, pairs)");
    }
    return Run.start(
        new WritingObjective(
            this, part(data.train()), part(data.validation()), target().pad(), sampling),
        settings);
  }

  private WritingObjective.Part part(List<SentencePair> pairs) {
    List<int[]> sources = pairs.stream().map(p -> words.encode(p.sourceTokens())).toList();
    List<int[]> targets = pairs.stream().map(p -> parts.decoder().input(p.targetTokens())).toList();
    return parts.part(sources, targets);
  }

  /** A sentence's translation, always the most probable word. */
  public String predict(String sentence) {
    return predict(sentence, Decode.greedy());
  }

  /**
   * A sentence's translation.
   *
   * @throws IllegalArgumentException if the sentence has no word
   */
  public String predict(String sentence, Decode how) {
    int[] read = words.encode(tokens(sentence));
    try (Tape memory = Tape.blank()) {
      return target().write(parts.write(read, how, null).tokens());
    }
  }

  private List<String> tokens(String sentence) {
    List<String> tokens = words.tokenizer().tokens(sentence);
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "EncoderDecoder: needs at least one word, got \"" + sentence + "\"");
    }
    return tokens;
  }

  /** BLEU on the test part, beside that of a word-by-word dictionary. */
  public Score score(SentencePairs data) {
    return written(data).bleu();
  }

  /** BLEU and exact matches on the test part, beside those of a word-by-word dictionary. */
  public Table evaluate(SentencePairs data) {
    return written(data).table();
  }

  /** The sentences of the test part that are not translated to the letter. */
  public Table mistakes(SentencePairs data) {
    return written(data).mistakes(data.test().stream().map(SentencePair::source).toList());
  }

  private WrittenTexts written(SentencePairs data) {
    List<SentencePair> test = data.test();
    List<int[]> sources = test.stream().map(p -> words.encode(p.sourceTokens())).toList();
    List<List<String>> written = new ArrayList<>(Collections.nCopies(test.size(), List.of()));
    Batches.each(
        test.size(),
        i -> sources.get(i).length,
        some -> {
          TokenBatch batch =
              TokenBatch.of(Arrays.stream(some).mapToObj(sources::get).toList(), words.pad());
          List<Decoding.Written> texts = parts.write(batch, Decode.greedy());
          for (int b = 0; b < some.length; b++) {
            written.set(some[b], target().decode(texts.get(b).tokens()));
          }
        });
    WordByWord dictionary = WordByWord.learn(data.train());
    return new WrittenTexts(
        "word by word",
        test.stream().map(SentencePair::targetTokens).toList(),
        written,
        test.stream().map(p -> dictionary.translate(p.sourceTokens())).toList());
  }

  /** The gates along the words of a sentence, and what attention looked at while translating it. */
  public Translation trace(String sentence) {
    List<String> read = tokens(sentence);
    int[] ids = words.encode(read);
    List<double[]> looks = new ArrayList<>();
    List<String> written;
    try (Tape memory = Tape.blank()) {
      Decoding.Written text = parts.write(ids, Decode.greedy(), looks);
      written = new ArrayList<>(target().decode(text.tokens()));
      if (text.ended()) {
        written.add(Vocabulary.END);
      }
    }
    Tensor input = parts.source().lookup(TokenBatch.of(List.of(ids), words.pad()));
    Trace gates = Trace.steps(List.of(parts.encoder()), input, 0, "word", read);
    return new Translation(read, List.copyOf(written), looks.toArray(double[][]::new), gates);
  }

  /** What reads and what writes. */
  Translator<?, ?> parts() {
    return parts;
  }

  /** What reads, taken apart. */
  public ReadingParts readingParts() {
    return new ReadingParts(parts.source(), parts.encoder(), parts.bridge().maps());
  }

  /** What writes, taken apart. */
  public WritingParts writingParts() {
    return parts.decoder().parts();
  }

  private Vocabulary target() {
    return parts.decoder().vocabulary();
  }

  /** The parts that have parameters, by name, from what reads to what writes. */
  @Override
  public Map<String, Parameter> parameters() {
    return parts.parameters();
  }

  private DecoderSummary summary() {
    DecoderSummary summary = new DecoderSummary("EncoderDecoder", "tokens [T, B]", this);
    summary.read(parts.source(), NetworkSummary.everyStep(parts.source().features()));
    summary.read(parts.encoder(), NetworkSummary.everyStep(parts.encoder().outputSize()));
    if (!parts.bridge().isDirect()) {
      summary.between(parts.bridge());
    }
    summary.write(parts.decoder());
    return summary;
  }

  /** The network unrolled in time. */
  @Override
  public DecoderDrawing drawing() {
    return summary().drawing("Encoder and decoder");
  }

  /** Its layers, shapes and parameters. */
  @Override
  public String toString() {
    return summary().text();
  }
}
