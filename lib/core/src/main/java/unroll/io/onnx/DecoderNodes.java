package unroll.io.onnx;

import java.util.ArrayList;
import java.util.List;
import unroll.nn.recurrent.SequenceLayer;
import unroll.topology.WritingParts;

/** The graph that writes: one step at a time, or all steps of words that are known. */
final class DecoderNodes {

  private final WritingParts parts;

  DecoderNodes(WritingParts parts) {
    this.parts = parts;
  }

  /**
   * Writes the graph.
   *
   * @param withLengths whether the sequences that attention looks at have lengths
   */
  Graph graph(boolean withLengths) {
    Graph graph = new Graph();
    String tokens = graph.input(Port.of("tokens", ElementType.INT64, "time", "batch"));
    String x = LayerNodes.embedding(graph, "embedding.", parts.embedding(), tokens);
    SequenceLayer<?> layer = parts.decoder();
    RecurrentOperator operator = RecurrentOperator.of(layer);
    List<String> initial = new ArrayList<>();
    for (String name : operator.stateNames()) {
      initial.add(graph.input(operator.port(name + "_0")));
    }
    RecurrentNodes nodes = new RecurrentNodes(graph, "decoder.", layer, operator);
    String shown = nodes.add(x, "", initial);
    String weights = null;
    if (parts.attention() != null) {
      AttentionNodes attention = new AttentionNodes(graph, parts.attention());
      String memory =
          graph.input(Port.of("memory", ElementType.FLOAT, "source", "batch", valueSize()));
      String lengths =
          withLengths ? graph.input(Port.of("lengths", ElementType.INT32, "batch")) : "";
      weights = attention.weights(shown, memory, lengths, layer.outputSize());
      String context = attention.context(weights, memory);
      String both = graph.add("Concat", List.of(context, shown), Attribute.of("axis", 2));
      shown = graph.add("Tanh", List.of(LayerNodes.add(graph, "combine.", parts.combine(), both)));
    }
    String logits = LayerNodes.add(graph, "output.", parts.output(), shown);
    int words = parts.output().outputSize();
    graph.output(logits, Port.of("output", ElementType.FLOAT, "time", "batch", words));
    List<String> state = nodes.state();
    for (int i = 0; i < state.size(); i++) {
      graph.output(state.get(i), operator.port(operator.stateNames().get(i) + "_n"));
    }
    if (weights != null) {
      graph.output(weights, Port.of("weights", ElementType.FLOAT, "batch", "time", "source"));
    }
    return graph;
  }

  /** What attention looks at: combine takes its context and the decoder's output. */
  private int valueSize() {
    return parts.combine().inputSize() - parts.decoder().outputSize();
  }
}
