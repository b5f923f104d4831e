package unroll.io.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.nn.Embedding;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.tensor.Shape;
import unroll.topology.Pooling;

/** Writes parts one above the other into a graph. */
final class StackNodes {

  private final Graph graph;
  private final boolean withLengths;
  private final boolean withState;
  private final Pooling pooling;
  private final Map<Port, String> ends = new LinkedHashMap<>();
  private RecurrentNodes recurrent;
  private String lengths = "";
  private String value;
  private Shape shape;

  /**
   * Begins with nothing.
   *
   * @param pooling how the outputs of the last recurrent layer become one; null if they do not
   */
  StackNodes(Graph graph, boolean withLengths, boolean withState, Pooling pooling) {
    this.graph = graph;
    this.withLengths = withLengths;
    this.withState = withState;
    this.pooling = pooling;
  }

  /** Inputs and nodes of all parts, of which the first may be an embedding. */
  void addAll(List<Trainable> parts) {
    Trainable first = parts.get(0);
    int inputSize = first instanceof Layer layer ? layer.inputSize() : 1;
    shape = Shape.of(1, 1, Math.max(1, inputSize));
    value =
        graph.input(
            first instanceof Embedding
                ? Port.of("tokens", ElementType.INT64, "time", "batch")
                : Port.of(
                    "input",
                    ElementType.FLOAT,
                    "time",
                    "batch",
                    inputSize < 0 ? "features" : (Object) inputSize));
    if (withLengths) {
      lengths = graph.input(Port.of("lengths", ElementType.INT32, "batch"));
    }
    for (int i = 0; i < parts.size(); i++) {
      add(parts.size() == 1 ? "" : i + ".", parts.get(i));
      if (pooling != null && i == lastRecurrent(parts)) {
        pool();
      }
    }
  }

  private static int lastRecurrent(List<Trainable> parts) {
    int last = parts.size() - 1;
    while (last >= 0 && !(parts.get(last) instanceof SequenceLayer)) {
      last--;
    }
    return last;
  }

  /** From an output for each step to one for each sequence. */
  private void pool() {
    value =
        switch (pooling) {
          case LAST -> recurrent.last();
          case MEAN -> Pools.mean(graph, value, lengths);
          case MAX -> Pools.max(graph, value, lengths);
        };
  }

  private void add(String prefix, Trainable part) {
    if (part instanceof Embedding embedding) {
      value = LayerNodes.embedding(graph, prefix, embedding, value);
      shape = shape.with(-1, embedding.parameters().get("weight").shape().size(1));
      return;
    }
    Layer layer = (Layer) part;
    shape = layer.outputShape(shape);
    value =
        layer instanceof SequenceLayer<?> sequence
            ? run(prefix, sequence)
            : LayerNodes.add(graph, prefix, layer, value);
  }

  private String run(String prefix, SequenceLayer<?> layer) {
    RecurrentOperator operator = RecurrentOperator.of(layer);
    RecurrentNodes nodes = new RecurrentNodes(graph, prefix, layer, operator);
    recurrent = nodes;
    if (!withState) {
      return nodes.add(value, lengths, operator.start(graph, prefix, value));
    }
    List<String> names = operator.stateNames();
    List<String> initial = new ArrayList<>();
    names.forEach(name -> initial.add(graph.input(operator.port(prefix + name + "_0"))));
    String output = nodes.add(value, lengths, initial);
    List<String> state = nodes.state();
    for (int i = 0; i < names.size(); i++) {
      ends.put(operator.port(prefix + names.get(i) + "_n"), state.get(i));
    }
    return output;
  }

  /** Makes what came of it the outputs. */
  void finish() {
    int size = shape.size(-1);
    graph.output(
        value,
        pooling == null
            ? Port.of("output", ElementType.FLOAT, "time", "batch", size)
            : Port.of("output", ElementType.FLOAT, "batch", size));
    ends.forEach((port, end) -> graph.output(end, port));
  }
}
