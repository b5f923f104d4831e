package unroll.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.data.Characters;
import unroll.data.SequenceData;
import unroll.data.SeriesWindows;
import unroll.data.Split;
import unroll.data.TokenBatch;
import unroll.data.Vocabulary;
import unroll.loss.Loss;
import unroll.nn.Embedding;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.plot.Drawable;
import unroll.plot.NetworkDrawing;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.trace.Trace;
import unroll.train.Fit;
import unroll.train.Run;

/**
 * A sequence goes in, and a sequence of the same length comes out, a step for a step: prices in,
 * the next prices out.
 *
 * <pre>
 * input   [time, batch, inputSize]
 * output  [time, batch, outputSize]
 * </pre>
 *
 * <p>Begun with an {@link Embedding} of characters, it is a language model: at every step it says
 * which character may be next.
 *
 * <pre>{@code
 * var text = Characters.read("../data/text.txt");
 * var model = SequenceToSequence.of(
 *     Embedding.of(text.vocabulary(), 32), Lstm.of(32, 128), Linear.of(128, text.vocabulary().size()));
 * model.fit(text, Fit.epochs(5).batch(32).truncate(64));
 * model.generate("The ", 200, Decode.sample().temperature(0.8))
 * }</pre>
 */
public final class SequenceToSequence implements Trainable, Drawable {

  private final Stack stack;

  private SequenceToSequence(Stack stack) {
    this.stack = stack;
  }

  /**
   * A network of layers, from the input up: {@code SequenceToSequence.of(Lstm.of(1, 32),
   * Linear.of(32, 1))}.
   */
  public static SequenceToSequence of(Layer... layers) {
    return new SequenceToSequence(new Stack("SequenceToSequence", null, List.of(layers)));
  }

  /** A network that foresees characters; layers from the embedding up to a logit for each. */
  public static SequenceToSequence of(Embedding embedding, Layer... layers) {
    return new SequenceToSequence(new Stack("SequenceToSequence", embedding, List.of(layers)));
  }

  /**
   * Learns to foresee the next character, by cross-entropy. The text is laid side by side in as
   * many lanes as a batch has examples; with {@code Fit.truncate(64)} a step of the optimizer
   * follows each 64 characters of every lane, and the state goes on from one part to the next
   * (Williams and Peng 1990).
   *
   * @throws IllegalArgumentException if the network's vocabulary or size is not the data's
   */
  public Run fit(Characters data, Fit settings) {
    return Run.start(new TextObjective(this, characters(data), data, settings.batch()), settings);
  }

  private Stack characters(Characters data) {
    Vocabulary known = stack.vocabulary();
    if (!known.tokens().equals(data.vocabulary().tokens())) {
      throw new IllegalArgumentException(
          "SequenceToSequence: the network knows other characters than the data has; begin it with Embedding.of(data.vocabulary(), %d)"
              .formatted(stack.embedding().features()));
    }
    Shape shape = outputShape(stack.embedding().features());
    if (shape.size(-1) != known.size()) {
      throw new IllegalArgumentException(
          "SequenceToSequence: needs a logit for each of %d characters, the network gives out %d; end it with Linear.of(…, %d)"
              .formatted(known.size(), shape.size(-1), known.size()));
    }
    requireForwards();
    return stack;
  }

  private void requireForwards() {
    for (Layer layer : stack.layers()) {
      if (layer instanceof SequenceLayer<?> recurrent && recurrent.isBidirectional()) {
        throw new IllegalArgumentException(
            "SequenceToSequence: %s has seen the character that it shall foresee; use one direction"
                .formatted(layer));
      }
    }
  }

  /** Bits per character of the test part, beside those of the frequencies of pairs. */
  public Score score(Characters data) {
    Stack known = characters(data);
    double nats = TextObjective.loss(known, data.test());
    return new Score(
        "bits per character",
        nats / StrictMath.log(2),
        "pairs of characters",
        TextObjective.pairs(data) / StrictMath.log(2));
  }

  /** Bits per character and perplexity of the test part, beside those of pairs of characters. */
  public Table evaluate(Characters data) {
    Score score = score(data);
    Table table =
        Table.create(
            "test part",
            StringColumn.create("model of characters", "model", score.baselineName()),
            DoubleColumn.create("bits per character", score.value(), score.baseline()),
            DoubleColumn.create(
                "perplexity",
                StrictMath.pow(2, score.value()),
                StrictMath.pow(2, score.baseline())));
    Decimals.show(table, 3);
    return table;
  }

  /**
   * Writes on from a beginning, a character at a time, the state carried along.
   *
   * @param prompt the beginning, at least one character
   * @param length how many characters to add
   * @param how greedy or sampling
   * @return the beginning and what follows
   */
  public String generate(String prompt, int length, Decode how) {
    requireForwards();
    return prompt + new TextWriter(stack).write(prompt, length, how);
  }

  /**
   * Learns to predict the targets at every step, by mean squared error. Shows its progress through
   * the session's {@link unroll.train.Monitor}; ends within a step when its thread is interrupted.
   * The model is left with the weights of the best validation loss.
   *
   * @throws IllegalArgumentException if the data's sizes are not those of the network
   */
  public Run fit(Split<? extends SequenceData> data, Fit settings) {
    int outputSize = data.train().outputSize();
    Shape output = outputShape(data.train().inputSize());
    if (output.size(-1) != outputSize) {
      throw new IllegalArgumentException(
          "fit: the network gives out %d numbers a step, the data has targets of %d; end it with Linear.of(%d, %d)"
              .formatted(output.size(-1), outputSize, output.size(-1), outputSize));
    }
    return Run.start(new SequenceObjective(this, Loss.meanSquaredError(), data), settings);
  }

  private Shape outputShape(int inputSize) {
    Shape shape = Shape.of(1, 1, inputSize);
    for (Layer layer : stack.layers()) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }

  /**
   * The outputs for some inputs.
   *
   * @param input [time, batch, inputSize]
   * @return [time, batch, outputSize]
   */
  public Tensor predict(Tensor input) {
    return stack.apply(input.to(backend()));
  }

  /** Forecasts the last target of every window, one step ahead, beside the naive forecast. */
  public Forecast forecast(SeriesWindows windows) {
    double[] predictions = predict(input(windows)).toArray();
    double[] model = windows.lastStep(windows.toPrices(predictions));
    return new Forecast(windows.dates(), windows.actual(), model, windows.naive());
  }

  /** The errors of the forecast, the model's beside the last value's. */
  public Table evaluate(SeriesWindows windows) {
    return forecast(windows).errors();
  }

  /** The gates and states along the dates, at the step where each date is forecast. */
  public Trace trace(SeriesWindows windows) {
    return Trace.lastSteps(stack.layers(), input(windows), "date", windows.dates());
  }

  /** The gates and states along the characters or words of a text. */
  public Trace trace(String text) {
    List<String> tokens = stack.vocabulary().tokenizer().tokens(text);
    TokenBatch batch =
        TokenBatch.of(List.of(stack.vocabulary().encode(tokens)), stack.vocabulary().pad());
    return Trace.steps(stack.layers(), stack.embed(batch), 0, "token", tokens);
  }

  /** The gates and states along the steps of the first of some sequences. */
  public Trace trace(Tensor input) {
    List<Integer> steps = IntStream.rangeClosed(1, input.size(0)).boxed().toList();
    return Trace.steps(stack.layers(), input.to(backend()), 0, "step", steps);
  }

  private Tensor input(SequenceData data) {
    Shape shape = Shape.of(data.steps(), data.count(), data.inputSize());
    return Tensor.of(data.inputs(), shape, backend());
  }

  /** What gives tokens their vectors; empty where numbers go in. */
  public Optional<Embedding> embedding() {
    return Optional.ofNullable(stack.embedding());
  }

  /** Its layers from the input up, an embedding apart. */
  public List<Layer> layers() {
    return stack.layers();
  }

  Stack stack() {
    return stack;
  }

  /** Where its parameters live. */
  Backend backend() {
    return stack.backend();
  }

  @Override
  public Map<String, Parameter> parameters() {
    return stack.parameters();
  }

  /** The network unrolled in time. */
  @Override
  public NetworkDrawing drawing() {
    return NetworkSummary.of("SequenceToSequence", stack).drawing("Sequence to sequence");
  }

  /** Its layers, shapes and parameters. */
  @Override
  public String toString() {
    return NetworkSummary.of("SequenceToSequence", stack).text();
  }
}
