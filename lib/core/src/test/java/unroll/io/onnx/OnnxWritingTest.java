package unroll.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import unroll.nn.Activation;
import unroll.nn.Attended;
import unroll.nn.Attention;
import unroll.nn.AttentionMemory;
import unroll.nn.Embedding;
import unroll.nn.Initializer;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.LstmState;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;
import unroll.topology.ReadingParts;
import unroll.topology.WritingParts;

/** Encoders and decoders as ONNX Runtime runs them, beside our own parts. */
@OnBackend("cpu")
class OnnxWritingTest {

  private static final int SOURCE = 5;
  private static final int TIME = 4;
  private static final int BATCH = 3;
  private static final int[] LENGTHS = {2, 5, 3};
  private static final int[] READ = {1, 2, 3, 4, 5, 6, 6, 0, 1, 1, 3, 5, 2, 4, 6};
  private static final int[] WRITTEN = {0, 1, 2, 3, 4, 4, 2, 0, 1, 3, 1, 0};

  @TempDir Path folder;

  static Stream<Attention> attentions() {
    return Stream.of(
        Attention.dot(),
        Attention.scaledDot(),
        Attention.multiplicative(6, 6),
        Attention.additive(6, 6, 4));
  }

  @ParameterizedTest
  @MethodSource("attentions")
  void decoderWithAttention_givesOurLogitsWeightsAndStates(Attention attention) throws Exception {
    WritingParts parts = writing(Lstm.of(3, 6), attention);
    Tensor memory = random(SOURCE, BATCH, 6);
    LstmState initial = new LstmState(random(BATCH, 6), random(BATCH, 6));
    Path file = folder.resolve("decoder.onnx");
    Onnx.decoder(parts).withLengths().write(file);
    Expected<LstmState> ours = expected(parts, initial, memory, LENGTHS);
    try (OnnxSession session = new OnnxSession(file)) {
      Map<String, Tensor> found =
          session
              .tokens(WRITTEN, TIME, BATCH)
              .input("h_0", initial.hidden())
              .input("c_0", initial.cell())
              .input("memory", memory)
              .lengths(LENGTHS)
              .run();
      requireSame(found.get("output"), ours.logits());
      requireSame(found.get("weights"), ours.weights());
      requireSame(found.get("h_n"), ours.state().hidden());
      requireSame(found.get("c_n"), ours.state().cell());
    }
    Onnx.decoder(parts).write(file);
    Expected<LstmState> full = expected(parts, initial, memory, null);
    try (OnnxSession session = new OnnxSession(file)) {
      Map<String, Tensor> found =
          session
              .tokens(WRITTEN, TIME, BATCH)
              .input("h_0", initial.hidden())
              .input("c_0", initial.cell())
              .input("memory", memory)
              .run();
      requireSame(found.get("output"), full.logits());
    }
  }

  /** Word by word the same as all at once. */
  @Test
  void decoder_goesOnFromItsState() throws Exception {
    WritingParts parts = writing(Gru.of(3, 6).layers(2), null);
    Tensor state = random(2, BATCH, 6);
    Path file = folder.resolve("decoder.onnx");
    Onnx.decoder(parts).write(file);
    Tensor all = expected(parts, state, null, null).logits();
    try (OnnxSession session = new OnnxSession(file)) {
      for (int t = 0; t < TIME; t++) {
        int[] words = {WRITTEN[t * BATCH], WRITTEN[t * BATCH + 1], WRITTEN[t * BATCH + 2]};
        Map<String, Tensor> found = session.tokens(words, 1, BATCH).input("h_0", state).run();
        requireSame(found.get("output"), all.slice(0, t, t + 1));
        state = found.get("h_n");
      }
    }
  }

  @Test
  void encoder_handsItsStateOver() throws Exception {
    Lstm encoder = Lstm.of(3, 6).layers(2);
    ReadingParts reading = new ReadingParts(Embedding.of(7, 3), encoder, List.of());
    WritingParts writing = writing(Lstm.of(3, 6).layers(2), Attention.dot());
    Tensor input = reading.embedding().lookup(READ, SOURCE, BATCH);
    Unrolled<LstmState> ours = encoder.run(input, encoder.initialState(BATCH), LENGTHS);
    Map<String, Tensor> found = read(Onnx.sequence(reading, writing));
    requireSame(found.get("h_0"), ours.state().hidden());
    requireSame(found.get("c_0"), ours.state().cell());
    requireSame(found.get("memory"), ours.output());
    assertThat(found).hasSize(3);
  }

  @Test
  void encoderOfAnotherShape_crossesABridge() throws Exception {
    Gru encoder = Gru.of(3, 4).bidirectional();
    List<Linear> bridge = List.of(Linear.of(8, 12), Linear.of(8, 12));
    ReadingParts reading = new ReadingParts(Embedding.of(7, 3), encoder, bridge);
    WritingParts writing = writing(Lstm.of(3, 6).layers(2), null);
    Tensor input = reading.embedding().lookup(READ, SOURCE, BATCH);
    Tensor last = encoder.last(encoder.run(input, encoder.initialState(BATCH), LENGTHS).state());
    Map<String, Tensor> found = read(Onnx.sequence(reading, writing));
    for (int i = 0; i < 2; i++) {
      Tensor flat = Tensors.tanh(bridge.get(i).apply(last));
      requireSame(
          found.get(List.of("h_0", "c_0").get(i)), flat.reshape(BATCH, 2, 6).transpose(0, 1));
    }
    assertThat(found).hasSize(2);
  }

  @Test
  void encoderOfAnotherShape_toOneLayer() throws Exception {
    Rnn encoder = Rnn.of(3, 4);
    List<Linear> bridge = List.of(Linear.of(4, 6));
    ReadingParts reading = new ReadingParts(Embedding.of(7, 3), encoder, bridge);
    Tensor input = reading.embedding().lookup(READ, SOURCE, BATCH);
    Tensor last = encoder.last(encoder.run(input, encoder.initialState(BATCH), LENGTHS).state());
    Map<String, Tensor> found = read(Onnx.sequence(reading, writing(Gru.of(3, 6), null)));
    requireSame(found.get("h_0"), Tensors.tanh(bridge.get(0).apply(last)));
  }

  private Map<String, Tensor> read(Onnx encoder) throws IOException, OrtException {
    Path file = folder.resolve("encoder.onnx");
    encoder.withLengths().write(file);
    try (OnnxSession session = new OnnxSession(file)) {
      return session.tokens(READ, SOURCE, BATCH).lengths(LENGTHS).run();
    }
  }

  @Test
  void vector_becomesAState() throws Exception {
    Linear first = Linear.of(8, 3);
    Lstm decoder = Lstm.of(3, 6).learnedInitialState();
    decoder.parameters().get("h_0").set(random(1, 6).toArray());
    Path file = folder.resolve("encoder.onnx");
    Onnx.vector(List.of(first, Activation.TANH), writing(decoder, null)).write(file);
    Tensor vector = random(BATCH, 8);
    LstmState ours =
        decoder.step(Tensors.tanh(first.apply(vector)), decoder.initialState(BATCH)).state();
    try (OnnxSession session = new OnnxSession(file)) {
      Map<String, Tensor> found = session.input("input", vector).run();
      requireSame(found.get("h_0"), ours.hidden());
      requireSame(found.get("c_0"), ours.cell());
    }
  }

  @Test
  void attentionOfOnesOwn_isRefused() {
    record Own() implements Attention {
      @Override
      public Tensor scores(Tensor query, Tensor prepared) {
        return prepared.sum(-1);
      }
    }
    Onnx graph = Onnx.decoder(writing(Gru.of(3, 6), new Own()));
    assertThatThrownBy(() -> graph.write(folder.resolve("none.onnx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Own[] cannot be exported");
  }

  private record Expected<S>(Tensor logits, Tensor weights, S state) {}

  /** The equations of {@link WritingParts}, step by step. */
  private static <S> Expected<S> expected(
      WritingParts parts, S initial, Tensor memory, int[] lengths) {
    @SuppressWarnings("unchecked")
    SequenceLayer<S> layer = (SequenceLayer<S>) parts.decoder();
    Tensor input = parts.embedding().lookup(WRITTEN, TIME, BATCH);
    AttentionMemory source =
        parts.attention() == null ? null : parts.attention().over(memory, memory, lengths);
    S state = initial;
    List<Tensor> logits = new ArrayList<>();
    List<Tensor> weights = new ArrayList<>();
    for (Tensor x : input.unstack()) {
      Unrolled<S> step = layer.step(x, state);
      state = step.state();
      Tensor shown = step.output();
      if (source != null) {
        Attended attended = source.attend(shown);
        weights.add(attended.weights());
        shown = Tensors.tanh(parts.combine().apply(Tensors.concat(attended.context(), shown)));
      }
      logits.add(parts.output().apply(shown));
    }
    Tensor looked = weights.isEmpty() ? null : Tensors.stack(weights).transpose(0, 1);
    return new Expected<>(Tensors.stack(logits), looked, state);
  }

  private static WritingParts writing(SequenceLayer<?> layer, Attention attention) {
    WritingParts parts =
        new WritingParts(
            Embedding.of(5, 3),
            layer,
            attention,
            attention == null ? null : Linear.of(12, 6),
            Linear.of(6, 5));
    if (attention != null) {
      distinct(attention);
    }
    distinct(layer);
    return parts;
  }

  private static void distinct(Trainable part) {
    Generator generator = Generator.of(7);
    part.parameters()
        .values()
        .forEach(p -> p.set(Initializer.uniform(1).draw(generator, p.shape().sizes())));
  }

  private static Tensor random(int... shape) {
    return Tensor.of(Initializer.normal(0, 1).draw(Generator.session(), shape), shape);
  }

  private static void requireSame(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(1e-5));
  }
}
