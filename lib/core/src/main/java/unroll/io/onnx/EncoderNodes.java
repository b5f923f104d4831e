package unroll.io.onnx;

import java.util.ArrayList;
import java.util.List;
import unroll.nn.Layer;
import unroll.nn.Linear;
import unroll.topology.ReadingParts;
import unroll.topology.WritingParts;

/** The graphs of what comes before writing: they give out the state with which it begins. */
final class EncoderNodes {

  private EncoderNodes() {}

  /** A sequence is read. */
  static Graph sequence(ReadingParts reading, WritingParts writing, boolean withLengths) {
    Graph graph = new Graph();
    String tokens = graph.input(Port.of("tokens", ElementType.INT64, "time", "batch"));
    String lengths = withLengths ? graph.input(Port.of("lengths", ElementType.INT32, "batch")) : "";
    String x = LayerNodes.embedding(graph, "source.", reading.embedding(), tokens);
    RecurrentOperator from = RecurrentOperator.of(reading.encoder());
    RecurrentNodes nodes = new RecurrentNodes(graph, "encoder.", reading.encoder(), from);
    String outputs = nodes.add(x, lengths, from.start(graph, "encoder.", x));
    RecurrentOperator to = RecurrentOperator.of(writing.decoder());
    begin(
        graph, to, reading.bridge().isEmpty() ? nodes.state() : bridge(graph, reading, nodes, to));
    if (writing.attention() != null) {
      int size = reading.encoder().outputSize();
      graph.output(outputs, Port.of("memory", ElementType.FLOAT, "time", "batch", size));
    }
    return graph;
  }

  private static List<String> bridge(
      Graph graph, ReadingParts reading, RecurrentNodes nodes, RecurrentOperator to) {
    String last = nodes.last();
    List<Object> sizes = to.stateSizes();
    List<String> state = new ArrayList<>();
    for (int i = 0; i < reading.bridge().size(); i++) {
      Linear map = reading.bridge().get(i);
      String flat =
          graph.add("Tanh", List.of(LayerNodes.add(graph, "bridge." + i + ".", map, last)));
      state.add(sizes.size() == 2 ? flat : levels(graph, flat, sizes));
    }
    return state;
  }

  /** [batch, levels size] as [levels, batch, size]. */
  private static String levels(Graph graph, String flat, List<Object> sizes) {
    String shape = graph.list(0, (Integer) sizes.get(0), (Integer) sizes.get(2));
    String apart = graph.add("Reshape", List.of(flat, shape));
    return graph.add("Transpose", List.of(apart), Attribute.list("perm", 1, 0, 2));
  }

  /** A vector goes through layers, then into the decoder in a step of its own. */
  static Graph vector(List<Layer> layers, WritingParts writing) {
    Graph graph = new Graph();
    int size = layers.get(0).inputSize();
    String x =
        graph.input(
            Port.of("input", ElementType.FLOAT, "batch", size < 0 ? "features" : (Object) size));
    for (int i = 0; i < layers.size(); i++) {
      x = LayerNodes.add(graph, "encoder." + i + ".", layers.get(i), x);
    }
    String step = graph.add("Unsqueeze", List.of(x, graph.list(0)));
    RecurrentOperator operator = RecurrentOperator.of(writing.decoder());
    RecurrentNodes nodes = new RecurrentNodes(graph, "decoder.", writing.decoder(), operator);
    nodes.add(step, "", operator.start(graph, "decoder.", step));
    begin(graph, operator, nodes.state());
    return graph;
  }

  private static void begin(Graph graph, RecurrentOperator operator, List<String> state) {
    List<String> names = operator.stateNames();
    for (int i = 0; i < names.size(); i++) {
      graph.output(state.get(i), operator.port(names.get(i) + "_0"));
    }
  }
}
