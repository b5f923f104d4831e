package unroll.topology;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import unroll.autograd.Parameter;
import unroll.data.Sentence;
import unroll.data.Sentences;
import unroll.data.Sequences;
import unroll.data.Split;
import unroll.data.TokenBatch;
import unroll.nn.Embedding;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.Unrolled;
import unroll.plot.Drawable;
import unroll.plot.NetworkDrawing;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;
import unroll.trace.Trace;
import unroll.train.Fit;
import unroll.train.Run;

/**
 * A sequence goes in, and one vector comes out: a sentence in, its feeling out; a series in, one
 * number out.
 *
 * <pre>{@code
 * var text = Sentences.read("../data/sentiment-en.tsv").vocabulary(2_000);
 * var model = SequenceToVector.of(
 *     Embedding.of(text.vocabulary(), 48), Gru.of(48, 64).bidirectional(), Linear.of(128, 2));
 * model.fit(text, Fit.epochs(20));
 * model.predict("not bad at all")                 // positive 0.93
 * }</pre>
 *
 * <pre>
 * input   tokens [time, batch], or [time, batch, inputSize]; sequences may differ in length
 * output  [batch, outputSize]: a logit for each label, or numbers
 * </pre>
 *
 * <p>The layers up to the last recurrent one see every step; what that one shows after each
 * sequence's own last step goes on through the layers after it ({@link Pooling#LAST}, the default;
 * or the mean or the maximum of all steps). Padding changes nothing.
 */
public final class SequenceToVector implements Trainable, Drawable {

  private final Stack stack;
  private final int recurrent;
  private final Pooling pooling;
  private volatile List<String> labels;

  private SequenceToVector(Stack stack, Pooling pooling, List<String> labels) {
    this.stack = stack;
    this.pooling = pooling;
    this.labels = labels;
    recurrent = stack.lastRecurrent();
    if (recurrent < 0) {
      throw new IllegalArgumentException(
          "SequenceToVector: needs a recurrent layer to read the sequence, such as Lstm.of(1, 32); got "
              + stack.layers());
    }
  }

  /** A network that reads numbers; layers from the input up. */
  public static SequenceToVector of(Layer... layers) {
    Stack stack = new Stack("SequenceToVector", null, List.of(layers));
    return new SequenceToVector(stack, Pooling.LAST, List.of());
  }

  /** A network that reads words; layers from the embedding up. */
  public static SequenceToVector of(Embedding embedding, Layer... layers) {
    Stack stack = new Stack("SequenceToVector", embedding, List.of(layers));
    return new SequenceToVector(stack, Pooling.LAST, List.of());
  }

  /** The same network, its parameters shared, with another way from many outputs to one. */
  public SequenceToVector pooling(Pooling other) {
    return new SequenceToVector(stack, other, labels);
  }

  /**
   * The same network, its parameters shared, with names for its outputs: for weights that were
   * loaded. {@link #fit(Sentences, Fit)} takes the names from the data.
   */
  public SequenceToVector labels(String... names) {
    return new SequenceToVector(stack, pooling, List.of(names));
  }

  /** The names of its outputs; none before it was fitted or told them. */
  public List<String> labels() {
    return labels;
  }

  /**
   * Learns the labels of sentences, by cross-entropy. Shows its progress through the session's
   * {@link unroll.train.Monitor}; ends within a step when its thread is interrupted. The model is
   * left with the weights of the best validation loss.
   *
   * @throws IllegalArgumentException if the data's vocabulary or labels do not fit the network
   */
  public Run fit(Sentences data, Fit settings) {
    requireFit(data);
    labels = data.labels();
    return Run.start(
        new VectorObjective(
            this,
            VectorExamples.of(data.train(), stack.vocabulary(), labels),
            VectorExamples.of(data.validation(), stack.vocabulary(), labels)),
        settings);
  }

  private void requireFit(Sentences data) {
    if (!stack.vocabulary().tokens().equals(data.vocabulary().tokens())) {
      throw new IllegalArgumentException(
          "fit: the network's %s has other words than the data (%d tokens); begin it with Embedding.of(data.vocabulary(), %d)"
              .formatted(
                  stack.embedding(), data.vocabulary().size(), stack.embedding().features()));
    }
    int wanted = data.labels().size();
    int size = outputSize(stack.embedding().features());
    if (size != wanted) {
      throw new IllegalArgumentException(
          "fit: the network gives out %d numbers, the data has %d labels %s; end it with Linear.of(%d, %d)"
              .formatted(size, wanted, data.labels(), headInput(), wanted));
    }
  }

  /**
   * Learns the targets of sequences of numbers: classes by cross-entropy, numbers by mean squared
   * error.
   *
   * @throws IllegalArgumentException if the data's sizes are not those of the network
   */
  public Run fit(Split<Sequences> data, Fit settings) {
    Sequences train = data.train();
    if (stack.embedding() != null) {
      throw new IllegalArgumentException(
          "fit: words go into the network, the data has numbers; begin it without an Embedding");
    }
    int size = outputSize(train.inputSize());
    if (size != train.outputSize()) {
      throw new IllegalArgumentException(
          "fit: the network gives out %d numbers, the data has %d %s; end it with Linear.of(%d, %d)"
              .formatted(
                  size,
                  train.outputSize(),
                  train.classes() ? "classes" : "numbers in a target",
                  headInput(),
                  train.outputSize()));
    }
    return Run.start(
        new VectorObjective(this, VectorExamples.of(train), VectorExamples.of(data.validation())),
        settings);
  }

  private int headInput() {
    return ((SequenceLayer<?>) stack.layers().get(recurrent)).outputSize();
  }

  private int outputSize(int inputSize) {
    Shape shape = Shape.of(1, 1, Math.max(1, inputSize));
    for (Layer layer : stack.layers()) {
      shape = layer.outputShape(shape);
    }
    return shape.size(-1);
  }

  /**
   * The outputs for some inputs, all of one length.
   *
   * @param input [time, batch, inputSize]
   * @return [batch, outputSize]
   */
  public Tensor predict(Tensor input) {
    return predict(input, null);
  }

  /**
   * The outputs for some inputs.
   *
   * @param input [time, batch, inputSize], or embedded tokens
   * @param lengths of each sequence, 1 to time; null if all are full
   * @return [batch, outputSize]
   */
  public Tensor predict(Tensor input, int[] lengths) {
    int[] some = lengths == null ? null : Stack.lengthsOrNull(lengths, input.size(0));
    Tensor x = stack.apply(input.to(stack.backend()), 0, recurrent, some);
    Tensor y = end((SequenceLayer<?>) stack.layers().get(recurrent), x, some);
    for (Layer layer : stack.layers().subList(recurrent + 1, stack.layers().size())) {
      y = layer.apply(y);
    }
    return y;
  }

  private <S> Tensor end(SequenceLayer<S> layer, Tensor x, int[] lengths) {
    Unrolled<S> run = Stack.run(layer, x, lengths);
    return switch (pooling) {
      case LAST -> layer.last(run.state());
      case MEAN -> Pools.mean(run.output(), lengths);
      case MAX -> Pools.max(run.output(), lengths);
    };
  }

  /**
   * What it says of a sentence.
   *
   * @throws IllegalArgumentException if the text has no word
   * @throws IllegalStateException if its outputs have no names yet
   */
  public Prediction predict(String text) {
    return predict(List.of(words(text))).get(0);
  }

  private List<String> words(String text) {
    List<String> words = stack.vocabulary().tokenizer().tokens(text);
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "SequenceToVector: needs at least one word, got \"" + text + "\"");
    }
    return words;
  }

  private List<Prediction> predict(List<List<String>> texts) {
    if (labels.isEmpty()) {
      throw new IllegalStateException(
          "predict: the outputs have no names yet; fit(…) gives them, or labels(\"negative\", \"positive\") after loading weights");
    }
    Prediction[] all = new Prediction[texts.size()];
    Batches.each(
        texts.size(),
        i -> texts.get(i).size(),
        some -> {
          List<int[]> tokens =
              Arrays.stream(some).mapToObj(i -> stack.vocabulary().encode(texts.get(i))).toList();
          TokenBatch batch = TokenBatch.of(tokens, stack.vocabulary().pad());
          Tensor logits = predict(stack.embed(batch), batch.lengths());
          double[] p = Tensors.softmax(logits, -1).toArray();
          for (int b = 0; b < some.length; b++) {
            double[] row = Arrays.copyOfRange(p, b * labels.size(), (b + 1) * labels.size());
            all[some[b]] = Prediction.of(labels, row);
          }
        });
    return List.of(all);
  }

  /** How often it is right on the test part, beside a {@link unroll.data.BagOfWords}. */
  public Score score(Sentences data) {
    return Classified.of(data, predictions(data)).score();
  }

  /** Accuracy and F1 on the test part, the model's beside those of baselines. */
  public Table evaluate(Sentences data) {
    return Classified.of(data, predictions(data)).table();
  }

  /** The sentences of the test part with what it says of them, the surest mistakes first. */
  public Table mistakes(Sentences data) {
    return Classified.of(data, predictions(data)).mistakes();
  }

  private List<Prediction> predictions(Sentences data) {
    if (data.test().isEmpty()) {
      throw new IllegalArgumentException("evaluate: the test part is empty");
    }
    return predict(data.test().stream().map(Sentence::tokens).toList());
  }

  /** The gates and states along the words of a sentence. */
  public Trace trace(String text) {
    List<String> words = words(text);
    TokenBatch batch =
        TokenBatch.of(List.of(stack.vocabulary().encode(words)), stack.vocabulary().pad());
    return Trace.steps(below(), stack.embed(batch), 0, "word", words);
  }

  /** The gates and states along the steps of the first of some sequences. */
  public Trace trace(Tensor input) {
    List<Integer> steps = IntStream.rangeClosed(1, input.size(0)).boxed().toList();
    return Trace.steps(below(), input, 0, "step", steps);
  }

  private List<Layer> below() {
    return stack.layers().subList(0, recurrent + 1);
  }

  Stack stack() {
    return stack;
  }

  /** What gives words their vectors; empty where numbers go in. */
  public Optional<Embedding> embedding() {
    return Optional.ofNullable(stack.embedding());
  }

  /** How the many outputs of its last recurrent layer become one. */
  public Pooling pooling() {
    return pooling;
  }

  /** Its layers from the input up, an embedding apart. */
  public List<Layer> layers() {
    return stack.layers();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return stack.parameters();
  }

  private NetworkSummary summary() {
    return NetworkSummary.manyToOne("SequenceToVector", stack, recurrent);
  }

  /** The network unrolled in time. */
  @Override
  public NetworkDrawing drawing() {
    NetworkDrawing drawing = summary().drawing("Sequence to vector");
    return switch (pooling) {
      case LAST -> drawing;
      case MEAN -> drawing.note("mean over all steps");
      case MAX -> drawing.note("maximum over all steps");
    };
  }

  /** Its layers, shapes and parameters. */
  @Override
  public String toString() {
    return summary().text();
  }
}
