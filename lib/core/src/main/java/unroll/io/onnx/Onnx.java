package unroll.io.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import unroll.io.AtomicFile;
import unroll.nn.Embedding;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.topology.EncoderDecoder;
import unroll.topology.Pooling;
import unroll.topology.ReadingParts;
import unroll.topology.SequenceToSequence;
import unroll.topology.SequenceToVector;
import unroll.topology.VectorToSequence;
import unroll.topology.WritingParts;

/**
 * Writes networks as ONNX files, for programs that run them elsewhere: ONNX Runtime, and what is
 * built on it. Operators of set 17; numbers in single precision; time and batch may vary.
 *
 * <pre>
 * Onnx.write(model, Path.of("model.onnx"));
 * Onnx.of(model).withLengths().withState().write(Path.of("model.onnx"));
 * </pre>
 *
 * <pre>
 * input    float [time, batch, inputSize], or tokens int64 [time, batch] above an embedding
 * lengths  int32 [batch], with withLengths: each sequence's number of steps, at least 1
 * h_0, c_0 float, with withState: the state before the first step, in our layers' shapes
 * output   float [time, batch, outputSize]; of a SequenceToVector [batch, outputSize]
 * h_n, c_n float, with withState: the state after each sequence's own last step
 * </pre>
 *
 * <p>In a stack of several parts the states' names begin with the part's number: {@code 0.h_0}. A
 * graph with its state goes on where it stopped, one step at a time if need be. Dropout is left
 * out: it is for training. What writes sequences is two graphs, {@link #encoder(EncoderDecoder)}
 * and {@link #decoder(EncoderDecoder)}: the loop over the words is the caller's. Immutable; the
 * weights are read when the file is written.
 */
public final class Onnx {

  private final String title;
  private final Source source;
  private final boolean lengths;
  private final boolean state;

  /** Writes a graph. */
  @FunctionalInterface
  private interface Source {
    Graph graph(boolean lengths, boolean state);
  }

  private Onnx(String title, Source source, boolean lengths, boolean state) {
    this.title = title;
    this.source = source;
    this.lengths = lengths;
    this.state = state;
  }

  private static Onnx of(String title, Source source) {
    return new Onnx(title, source, false, false);
  }

  private static Onnx ofStack(String title, List<? extends Trainable> parts, Pooling pooling) {
    List<Trainable> all = List.copyOf(parts);
    return of(
        title,
        (lengths, state) -> {
          Graph graph = new Graph();
          StackNodes stack = new StackNodes(graph, lengths, state, pooling);
          stack.addAll(all);
          stack.finish();
          return graph;
        });
  }

  /**
   * Writes a network's graph: {@code of(model).write(file)}.
   *
   * @throws IllegalArgumentException if ONNX has nothing like a part of it; the message says which
   * @throws IOException if the file cannot be written
   */
  public static void write(Trainable model, Path file) throws IOException {
    of(model).write(file);
  }

  /**
   * The graph of a layer or a network.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Onnx of(Trainable model) {
    String title = model.getClass().getSimpleName();
    if (model instanceof Layer || model instanceof Embedding) {
      return ofStack(title, List.of(model), null);
    }
    if (model instanceof SequenceToSequence network) {
      return ofStack(title, parts(network.embedding(), network.layers()), null);
    }
    if (model instanceof SequenceToVector network) {
      return ofStack(title, parts(network.embedding(), network.layers()), network.pooling());
    }
    if (model instanceof VectorToSequence || model instanceof EncoderDecoder) {
      throw new IllegalArgumentException(
          "Onnx.of: a %s is two graphs, since writing goes on until it ends: Onnx.encoder(model) and Onnx.decoder(model)"
              .formatted(title));
    }
    throw new IllegalArgumentException(
        "Onnx.of: %s is neither a layer nor a network that is known here".formatted(title));
  }

  private static List<Trainable> parts(Optional<Embedding> embedding, List<Layer> layers) {
    List<Trainable> parts = new ArrayList<>(layers);
    embedding.ifPresent(words -> parts.add(0, words));
    return parts;
  }

  /**
   * The graph that makes of a vector the state with which writing begins.
   *
   * <pre>
   * input    float [batch, inputSize]
   * h_0, c_0 the decoder's state before the begin token
   * </pre>
   */
  public static Onnx encoder(VectorToSequence model) {
    return vector(model.layers(), model.writingParts());
  }

  /**
   * The graph that reads a sequence before another is written.
   *
   * <pre>
   * tokens   int64 [time, batch]
   * lengths  int32 [batch], with withLengths
   * h_0, c_0 the decoder's state before the begin token
   * memory   float [time, batch, size], where there is attention to look at it
   * </pre>
   */
  public static Onnx encoder(EncoderDecoder model) {
    return sequence(model.readingParts(), model.writingParts());
  }

  /** The graph that writes to a vector: as that of an {@link #decoder(EncoderDecoder)}. */
  public static Onnx decoder(VectorToSequence model) {
    return decoder(model.writingParts());
  }

  /**
   * The graph that writes: one step with the word before, from the begin token on, or all steps of
   * words that are known.
   *
   * <pre>
   * tokens   int64 [time, batch]
   * h_0, c_0 the state: the encoder's, then h_n and c_n of the step before
   * memory   float [source, batch, size], the encoder's, where there is attention
   * lengths  int32 [batch] of the source, with withLengths, where there is attention
   * output   float [time, batch, words], a logit for each word
   * h_n, c_n the state after the last step
   * weights  float [batch, time, source], where there is attention
   * </pre>
   */
  public static Onnx decoder(EncoderDecoder model) {
    return decoder(model.writingParts());
  }

  static Onnx vector(List<Layer> layers, WritingParts writing) {
    return of("Encoder", (lengths, state) -> EncoderNodes.vector(layers, writing));
  }

  static Onnx sequence(ReadingParts reading, WritingParts writing) {
    return of("Encoder", (lengths, state) -> EncoderNodes.sequence(reading, writing, lengths));
  }

  static Onnx decoder(WritingParts writing) {
    return of("Decoder", (lengths, state) -> new DecoderNodes(writing).graph(lengths));
  }

  /** The same with an input for the sequences' lengths: padding at their ends changes nothing. */
  public Onnx withLengths() {
    return new Onnx(title, source, true, state);
  }

  /** The same with the states of its recurrent layers as inputs and outputs. */
  public Onnx withState() {
    return new Onnx(title, source, lengths, true);
  }

  /**
   * Writes the file. It is complete, or what was there before is untouched. The same network gives
   * the same bytes.
   *
   * @throws IllegalArgumentException if ONNX has nothing like a part of it; the message says which
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    byte[] bytes = graph().toBytes(title);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private Graph graph() {
    return source.graph(lengths, state);
  }

  /** Its inputs and outputs, a line each. */
  @Override
  public String toString() {
    Graph graph = graph();
    return "Onnx of %s%n  in:  %s%n  out: %s"
        .formatted(title, lines(graph.inputs()), lines(graph.outputs()));
  }

  private static String lines(List<Port> ports) {
    return ports.stream().map(Port::toString).collect(Collectors.joining(", "));
  }
}
