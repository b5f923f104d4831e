package unroll.topology;

import java.util.ArrayList;
import java.util.List;
import unroll.nn.Embedding;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.plot.NetworkDrawing;
import unroll.plot.Stage;
import unroll.tensor.Shape;

/** The parts of a network with the shapes that they give out, as text and as a drawing. */
final class NetworkSummary {

  private final String title;
  private final String input;
  private final Trainable whole;
  private final List<Stage> stages = new ArrayList<>();

  NetworkSummary(String title, String input, Trainable whole) {
    this.title = title;
    this.input = input;
    this.whole = whole;
  }

  /** All of a stack's layers, with one vector a step. */
  static NetworkSummary of(String title, Stack stack) {
    int inputSize = stack.layers().get(0).inputSize();
    NetworkSummary summary =
        new NetworkSummary(
            title, stack.embedding() == null ? everyStep(inputSize) : "tokens [T, B]", stack);
    summary.add(stack.embedding());
    int size = inputSize;
    for (Layer layer : stack.layers()) {
      size = outputSize(layer, size);
      summary.add(layer, everyStep(size));
    }
    return summary;
  }

  /** A stack whose layers after a recurrent one work on one vector a sequence. */
  static NetworkSummary manyToOne(String title, Stack stack, int recurrent) {
    NetworkSummary all = of(title, stack);
    int head = all.stages.size() - stack.layers().size() + recurrent + 1;
    int size = stack.layers().get(0).inputSize();
    for (int i = 0; i < stack.layers().size(); i++) {
      size = outputSize(stack.layers().get(i), size);
      if (i > recurrent) {
        Stage stage = all.stages.get(head);
        all.stages.set(
            head++,
            new Stage(
                stage.name(), once(size), stage.parameters(), stage.flow(), Stage.Steps.LAST));
      }
    }
    return all;
  }

  private static int outputSize(Layer layer, int inputSize) {
    return layer.outputShape(Shape.of(1, 1, Math.max(1, inputSize))).size(-1);
  }

  /** An embedding, or nothing for null. */
  final void add(Embedding embedding) {
    if (embedding != null) {
      add(embedding, everyStep(embedding.features()));
    }
  }

  /** A part at every step; a recurrent layer is joined through time. */
  final void add(Trainable part, String shape) {
    stages.add(stage(part, shape));
  }

  /** A part at one end of the sequence. */
  final void add(Trainable part, String shape, Stage.Steps steps) {
    stages.add(stage(part, shape).at(steps));
  }

  static Stage stage(Trainable part, String shape) {
    String name = part.toString();
    long count = part.parameterCount();
    if (part instanceof SequenceLayer<?> layer) {
      return layer.isBidirectional()
          ? Stage.bidirectional(name, shape, count)
          : Stage.recurrent(name, shape, count);
    }
    return Stage.apart(name, shape, count);
  }

  /** Numbers at every step of T, for B sequences. */
  static String everyStep(int features) {
    return features < 0 ? "[T, B, any]" : "[T, B, " + features + "]";
  }

  /** Numbers once for each of B sequences. */
  static String once(int features) {
    return features < 0 ? "[B, any]" : "[B, " + features + "]";
  }

  List<Stage> stages() {
    return stages;
  }

  /** The parts unrolled in time. */
  NetworkDrawing drawing(String heading) {
    return NetworkDrawing.of(heading, input, stages).memory(bytes(whole), "of parameters");
  }

  static long bytes(Trainable whole) {
    return whole.parameters().values().stream()
        .mapToLong(p -> (long) p.shape().length() * p.backend().precision().bytes())
        .sum();
  }

  /** A line for each part: its name, the shape it gives out, the number of its parameters. */
  String text() {
    StringBuilder text = new StringBuilder(title).append("  input ").append(input);
    stages.forEach(stage -> text.append(line(stage)));
    return text.append(total(whole)).toString();
  }

  static String line(Stage stage) {
    return "%n  %-24s %-14s %,10d parameters"
        .formatted(stage.name(), stage.shape(), stage.parameters());
  }

  static String total(Trainable whole) {
    return "%n  %-24s %-14s %,10d parameters, %,d bytes"
        .formatted("total", "", whole.parameterCount(), bytes(whole));
  }
}
