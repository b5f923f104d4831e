package unroll.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.nn.Activation;
import unroll.nn.Dropout;
import unroll.nn.Embedding;
import unroll.nn.Initializer;
import unroll.nn.Layer;
import unroll.nn.LayerNorm;
import unroll.nn.Linear;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.GruCell;
import unroll.nn.recurrent.LayerNormGruCell;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.LstmCell;
import unroll.nn.recurrent.LstmState;
import unroll.nn.recurrent.Merge;
import unroll.nn.recurrent.PeepholeLstmCell;
import unroll.nn.recurrent.Recurrent;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.RnnCell;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.tensor.Generator;
import unroll.tensor.OnBackend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.topology.Pooling;
import unroll.topology.SequenceToSequence;
import unroll.topology.SequenceToVector;

/** Files that are written here, run by ONNX Runtime, beside our own output. */
@OnBackend("cpu")
class OnnxTest {

  private static final double TOLERANCE = 1e-5;
  private static final int TIME = 6;
  private static final int BATCH = 3;
  private static final int[] LENGTHS = {4, 6, 1};

  @TempDir Path folder;

  static Stream<Arguments> recurrent() {
    return Stream.of(
        Arguments.of("rnn", Rnn.of(4, 5)),
        Arguments.of("rnn relu", Rnn.of(4, 5).relu()),
        Arguments.of("lstm", Lstm.of(4, 5)),
        Arguments.of("lstm without bias", Lstm.of(4, 5).withoutBias()),
        Arguments.of("gru", Gru.of(4, 5)),
        Arguments.of("gru without bias", Gru.of(4, 5).withoutBias()),
        Arguments.of("lstm of one unit", Lstm.of(4, 1)),
        Arguments.of("gru, reset before", Gru.of(4, 5).resetBefore()),
        Arguments.of("rnn stacked", Rnn.of(4, 5).relu().layers(2)),
        Arguments.of("rnn bidirectional", Rnn.of(4, 5).bidirectional()),
        Arguments.of("rnn relu bidirectional", Rnn.of(4, 5).relu().bidirectional()),
        Arguments.of("lstm stacked", Lstm.of(4, 5).layers(3).dropout(0.5)),
        Arguments.of("lstm bidirectional", Lstm.of(4, 5).bidirectional()),
        Arguments.of("lstm stacked, bidirectional", Lstm.of(4, 5).layers(2).bidirectional()),
        Arguments.of(
            "lstm stacked, summed",
            Lstm.of(4, 5).layers(2).bidirectional(Merge.SUM).recurrentDropout(0.5)),
        Arguments.of("gru stacked", Gru.of(4, 5).layers(2).withoutBias()),
        Arguments.of("gru bidirectional", Gru.of(4, 5).bidirectional()),
        Arguments.of("gru summed", Gru.of(4, 5).bidirectional(Merge.SUM)),
        Arguments.of("gru stacked, bidirectional", Gru.of(4, 5).layers(2).bidirectional()),
        Arguments.of("learned start", Rnn.of(4, 5).learnedInitialState()),
        Arguments.of(
            "learned start of a stack",
            Lstm.of(4, 5).layers(2).bidirectional().learnedInitialState()),
        Arguments.of("rnn cell", Recurrent.over(RnnCell.of(4, 5))),
        Arguments.of("rnn cell relu", Recurrent.over(RnnCell.of(4, 5).relu())),
        Arguments.of("lstm cell", Recurrent.over(LstmCell.of(4, 5))),
        Arguments.of("peepholes", Recurrent.over(PeepholeLstmCell.of(4, 5))),
        Arguments.of("gru cell", Recurrent.over(GruCell.of(4, 5))),
        Arguments.of("gru cell, reset before", Recurrent.over(GruCell.of(4, 5).resetBefore())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recurrent")
  void recurrentLayer_givesOurOutput(String name, SequenceLayer<?> layer) throws Exception {
    distinct(layer);
    Tensor input = random(TIME, BATCH, 4);
    Path file = folder.resolve("layer.onnx");
    Onnx.write(layer, file);
    try (OnnxSession session = new OnnxSession(file)) {
      Map<String, Tensor> found = session.input("input", input).run();
      assertThat(found).containsOnlyKeys("output");
      requireSame(found.get("output"), layer.apply(input));
      Tensor one = random(1, 1, 4);
      requireSame(session.input("input", one).run().get("output"), layer.apply(one));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recurrent")
  void lengthsAndStates_giveOurOutputAndStates(String name, SequenceLayer<?> layer)
      throws Exception {
    distinct(layer);
    requireStates(layer);
  }

  private <S> void requireStates(SequenceLayer<S> layer) throws IOException, OrtException {
    Tensor input = random(TIME, BATCH, 4);
    S initial = someState(layer.initialState(BATCH));
    Unrolled<S> ours = layer.run(input, initial, LENGTHS);
    Path file = folder.resolve("state.onnx");
    Onnx.of(layer).withLengths().withState().write(file);
    try (OnnxSession session = new OnnxSession(file)) {
      session.input("input", input).lengths(LENGTHS).input("h_0", hidden(initial));
      if (initial instanceof LstmState state) {
        session.input("c_0", state.cell());
      }
      Map<String, Tensor> found = session.run();
      requireSame(found.get("output"), ours.output());
      requireSame(found.get("h_n"), hidden(ours.state()));
      if (ours.state() instanceof LstmState state) {
        requireSame(found.get("c_n"), state.cell());
      }
      assertThat(found).hasSize(initial instanceof LstmState ? 3 : 2);
    }
  }

  static Stream<Layer> plain() {
    return Stream.of(
        Linear.of(4, 3),
        Linear.of(4, 3).withoutBias(),
        LayerNorm.of(4),
        Dropout.of(0.5),
        Activation.TANH,
        Activation.SIGMOID,
        Activation.RELU,
        Activation.SOFTMAX);
  }

  @ParameterizedTest
  @MethodSource("plain")
  void plainLayer_givesOurOutput(Layer layer) throws Exception {
    distinct(layer);
    Tensor input = random(TIME, BATCH, 4);
    Path file = folder.resolve("plain.onnx");
    Onnx.write(layer, file);
    try (OnnxSession session = new OnnxSession(file)) {
      requireSame(session.input("input", input).run().get("output"), layer.apply(input));
    }
  }

  @Test
  void embedding_givesOurVectors() throws Exception {
    Embedding embedding = Embedding.of(7, 3);
    int[] tokens = {0, 6, 3, 3, 5, 1};
    Path file = folder.resolve("embedding.onnx");
    Onnx.write(embedding, file);
    try (OnnxSession session = new OnnxSession(file)) {
      requireSame(session.tokens(tokens, 3, 2).run().get("output"), embedding.lookup(tokens, 3, 2));
    }
  }

  @Test
  void sequenceToSequence_givesOurPredictions() throws Exception {
    SequenceToSequence model =
        SequenceToSequence.of(
            Linear.of(4, 6),
            Activation.TANH,
            Lstm.of(6, 5),
            Gru.of(5, 3),
            LayerNorm.of(3),
            Linear.of(3, 2));
    Tensor input = random(TIME, BATCH, 4);
    Path file = folder.resolve("model.onnx");
    Onnx.write(model, file);
    try (OnnxSession session = new OnnxSession(file)) {
      requireSame(session.input("input", input).run().get("output"), model.predict(input));
    }
  }

  static Stream<Arguments> vectors() {
    return Stream.of(Pooling.values())
        .flatMap(
            p ->
                Stream.of(
                    Arguments.of(p, Gru.of(3, 5).bidirectional()),
                    Arguments.of(p, Lstm.of(3, 10).layers(2))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("vectors")
  void sequenceToVector_givesOurPredictions(Pooling pooling, Layer layer) throws Exception {
    Embedding embedding = Embedding.of(9, 3);
    SequenceToVector model =
        SequenceToVector.of(embedding, layer, Linear.of(10, 4), Activation.TANH, Linear.of(4, 2))
            .pooling(pooling);
    model.parameters().values().forEach(p -> p.set(random(p.shape().sizes()).toArray()));
    int[] tokens = new int[TIME * BATCH];
    java.util.Arrays.setAll(tokens, i -> i * 5 % 9);
    Tensor vectors = embedding.lookup(tokens, TIME, BATCH);
    Path file = folder.resolve("vector.onnx");
    Onnx.write(model, file);
    try (OnnxSession session = new OnnxSession(file)) {
      requireSame(session.tokens(tokens, TIME, BATCH).run().get("output"), model.predict(vectors));
    }
    Onnx.of(model).withLengths().write(file);
    try (OnnxSession session = new OnnxSession(file)) {
      requireSame(
          session.tokens(tokens, TIME, BATCH).lengths(LENGTHS).run().get("output"),
          model.predict(vectors, LENGTHS));
    }
  }

  @Test
  void sequenceToVector_ofNumbers() throws Exception {
    SequenceToVector model = SequenceToVector.of(LayerNorm.of(4), Rnn.of(4, 5), Linear.of(5, 2));
    Tensor input = random(TIME, BATCH, 4);
    Path file = folder.resolve("vector.onnx");
    Onnx.write(model, file);
    try (OnnxSession session = new OnnxSession(file)) {
      requireSame(session.input("input", input).run().get("output"), model.predict(input));
    }
  }

  /** Run in two parts, the second from where the first ended: the same as in one. */
  @Test
  void stateOfAStack_isCarriedOver() throws Exception {
    SequenceToSequence model = SequenceToSequence.of(Lstm.of(4, 5), Rnn.of(5, 3), Linear.of(3, 2));
    Tensor input = random(TIME, BATCH, 4);
    Path file = folder.resolve("model.onnx");
    Onnx.of(model).withState().write(file);
    Tensor predicted = model.predict(input);
    try (OnnxSession session = new OnnxSession(file)) {
      Map<String, Tensor> first =
          session
              .input("input", input.slice(0, 0, 2))
              .input("0.h_0", Tensor.filled(0, BATCH, 5))
              .input("0.c_0", Tensor.filled(0, BATCH, 5))
              .input("1.h_0", Tensor.filled(0, BATCH, 3))
              .run();
      requireSame(first.get("output"), predicted.slice(0, 0, 2));
      Map<String, Tensor> second =
          session
              .input("input", input.slice(0, 2, TIME))
              .input("0.h_0", first.get("0.h_n"))
              .input("0.c_0", first.get("0.c_n"))
              .input("1.h_0", first.get("1.h_n"))
              .run();
      requireSame(second.get("output"), predicted.slice(0, 2, TIME));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "ejml"})
  void sameNetwork_givesTheSameBytes(String backend) {
    OnBackend.Switch.run(
        backend,
        () -> {
          SequenceToSequence model = SequenceToSequence.of(Gru.of(4, 5), Linear.of(5, 2));
          try {
            Path first = folder.resolve("first.onnx");
            Path second = folder.resolve("second.onnx");
            Onnx.write(model, first);
            Onnx.write(model, second);
            assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void whatOnnxLacks_isRefusedByName() {
    Path file = folder.resolve("none.onnx");
    record Own() implements Layer {
      @Override
      public Tensor apply(Tensor input) {
        return input;
      }

      @Override
      public Shape outputShape(Shape input) {
        return input;
      }

      @Override
      public String toString() {
        return "Own";
      }
    }
    assertThatThrownBy(() -> Onnx.write(SequenceToSequence.of(Lstm.of(4, 5), new Own()), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Onnx: Own cannot be exported; known are Rnn, Lstm");
    assertThatThrownBy(() -> Onnx.write(Recurrent.over(LayerNormGruCell.of(4, 5)), file))
        .hasMessageContaining("LayerNormGruCell")
        .hasMessageContaining("no operator");
    assertThatThrownBy(() -> Onnx.write(Lstm.of(4, 5).projection(2), file))
        .hasMessageContaining("Lstm 4 → 5 projected to 2 has the parameter 'weight_hr_l0'")
        .hasMessageContaining("no projection");
    assertThatThrownBy(() -> Onnx.write(Gru.of(4, 5).layerNorm(), file))
        .hasMessageContaining("'norm_hh_l0.weight'");
    assertThatThrownBy(() -> Onnx.of(LstmCell.of(4, 5)))
        .hasMessageContaining("LstmCell is neither a layer nor a network");
    assertThat(file).doesNotExist();
  }

  @Test
  void text_listsInputsAndOutputs() {
    Onnx graph = Onnx.of(SequenceToSequence.of(Gru.of(4, 5), Linear.of(5, 2)));
    assertThat(graph.withLengths().withState())
        .asString()
        .contains(
            "in:  input float [time, batch, 4], lengths int32 [batch], 0.h_0 float [batch, 5]")
        .contains("out: output float [time, batch, 2], 0.h_n float [batch, 5]");
  }

  @SuppressWarnings("unchecked")
  private static <S> S someState(S like) {
    return like instanceof LstmState state
        ? (S)
            new LstmState(
                random(state.hidden().shape().sizes()), random(state.cell().shape().sizes()))
        : (S) random(((Tensor) like).shape().sizes());
  }

  private static Tensor hidden(Object state) {
    return state instanceof LstmState both ? both.hidden() : (Tensor) state;
  }

  /** Weights that reach the curved part of the gates. */
  private static void distinct(Layer layer) {
    Generator generator = Generator.of(5);
    layer
        .parameters()
        .values()
        .forEach(p -> p.set(Initializer.uniform(1).draw(generator, p.shape().sizes())));
  }

  private static Tensor random(int... shape) {
    return Tensor.of(Initializer.normal(0, 1).draw(Generator.session(), shape), shape);
  }

  private static void requireSame(Tensor actual, Tensor expected) {
    assertThat(List.of(actual.shape())).isEqualTo(List.of(expected.shape()));
    assertThat(actual.toArray()).containsExactly(expected.toArray(), within(TOLERANCE));
  }
}
