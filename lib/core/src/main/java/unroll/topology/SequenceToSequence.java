package unroll.topology;

import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.data.SequenceData;
import unroll.data.SeriesWindows;
import unroll.data.Split;
import unroll.loss.Loss;
import unroll.nn.Layer;
import unroll.nn.Trainable;
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

  /**
   * Learns to predict the targets at every step, by mean squared error, with Adam. Shows its
   * progress through the session's {@link unroll.train.Monitor}; ends within a step when its thread
   * is interrupted. The model is left with the weights of the best validation loss.
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
    return stack.apply(input);
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

  /** The gates and states along the steps of the first of some sequences. */
  public Trace trace(Tensor input) {
    List<Integer> steps = java.util.stream.IntStream.rangeClosed(1, input.size(0)).boxed().toList();
    return Trace.steps(stack.layers(), input, 0, "step", steps);
  }

  private Tensor input(SequenceData data) {
    Shape shape = Shape.of(data.steps(), data.count(), data.inputSize());
    return Tensor.of(data.inputs(), shape, backend());
  }

  /** Its layers, from the input up. */
  public List<Layer> layers() {
    return stack.layers();
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
