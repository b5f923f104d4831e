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

/** Writes parts one above the other into a graph. */
final class StackNodes {

  private final Graph graph;
  private final boolean withLengths;
  private final boolean withState;
  private final Map<Port, String> ends = new LinkedHashMap<>();
  private String lengths = "";
  private String value;
  private Shape shape;

  StackNodes(Graph graph, boolean withLengths, boolean withState) {
    this.graph = graph;
    this.withLengths = withLengths;
    this.withState = withState;
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
    }
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
        layer instanceof SequenceLayer<?> recurrent
            ? run(prefix, recurrent)
            : LayerNodes.add(graph, prefix, layer, value);
  }

  private String run(String prefix, SequenceLayer<?> layer) {
    RecurrentOperator operator = RecurrentOperator.of(layer);
    RecurrentNodes nodes = new RecurrentNodes(graph, prefix, layer, operator);
    if (!withState) {
      return nodes.add(value, lengths, List.of());
    }
    List<String> names = operator.stateNames();
    List<String> initial = new ArrayList<>();
    names.forEach(name -> initial.add(graph.input(port(prefix + name + "_0", operator))));
    String output = nodes.add(value, lengths, initial);
    List<String> state = nodes.state();
    for (int i = 0; i < names.size(); i++) {
      ends.put(port(prefix + names.get(i) + "_n", operator), state.get(i));
    }
    return output;
  }

  private static Port port(String name, RecurrentOperator operator) {
    return new Port(name, ElementType.FLOAT, operator.stateSizes());
  }

  /** Makes what came of it the outputs. */
  void finish() {
    graph.output(value, Port.of("output", ElementType.FLOAT, "time", "batch", shape.size(-1)));
    ends.forEach((port, end) -> graph.output(end, port));
  }
}
