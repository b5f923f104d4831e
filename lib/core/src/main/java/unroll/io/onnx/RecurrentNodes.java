package unroll.io.onnx;

import java.util.ArrayList;
import java.util.List;
import unroll.nn.recurrent.SequenceLayer;

/** Writes a recurrent layer into a graph: a node for each of its levels, and what joins them. */
final class RecurrentNodes {

  private final List<List<String>> ends = new ArrayList<>();
  private final Graph graph;
  private final String prefix;
  private final RecurrentOperator operator;
  private final Gates gates;
  private final int outputSize;

  RecurrentNodes(Graph graph, String prefix, SequenceLayer<?> layer, RecurrentOperator operator) {
    this.graph = graph;
    this.prefix = prefix;
    this.operator = operator;
    gates = operator.gates();
    outputSize = layer.outputSize();
    int side = gates.hiddenSize();
    if (outputSize != gates.directions() * side && outputSize != side) {
      throw new IllegalArgumentException(
          "Onnx: %s joins %d directions of %d units to %d; known are side by side and summed"
              .formatted(layer, gates.directions(), side, outputSize));
    }
  }

  /**
   * Writes the nodes.
   *
   * @param lengths [batch], or an empty name if all sequences are full
   * @param initial h, and c of an LSTM, in the layer's shape; none for zeros
   * @return [time, batch, outputSize]
   */
  String add(String input, String lengths, List<String> initial) {
    int states = operator.stateNames().size();
    for (int s = 0; s < states; s++) {
      ends.add(new ArrayList<>());
    }
    String x = input;
    for (int level = 0; level < gates.levels(); level++) {
      List<String> from = new ArrayList<>();
      from.add(x);
      from.add(gates.weightIh(graph, prefix, level));
      from.add(gates.weightHh(graph, prefix, level));
      from.add(gates.biases(graph, prefix, level));
      from.add(lengths);
      for (int s = 0; s < states; s++) {
        from.add(initial.isEmpty() ? "" : part(initial.get(s), level));
      }
      if (states == 2) {
        from.add(operator.peepholes(graph, prefix));
      }
      List<String> to = graph.add(operator.name(), 1 + states, from, settings());
      for (int s = 0; s < states; s++) {
        ends.get(s).add(to.get(1 + s));
      }
      x = joined(to.get(0), 1);
    }
    return x;
  }

  /** What it shows after each sequence's own last step, [batch, outputSize]. */
  String last() {
    return joined(ends.get(0).get(gates.levels() - 1), 0);
  }

  /** h, and c of an LSTM, after each sequence's own last step, in the layer's shape. */
  List<String> state() {
    return ends.stream().map(this::stacked).toList();
  }

  private Attribute[] settings() {
    List<Attribute> all = new ArrayList<>(operator.settings());
    all.add(Attribute.of("hidden_size", gates.hiddenSize()));
    all.add(Attribute.of("direction", gates.directions() == 2 ? "bidirectional" : "forward"));
    return all.toArray(Attribute[]::new);
  }

  /** A level's part of a state: [directions, batch, hiddenSize]. */
  private String part(String state, int level) {
    int directions = gates.directions();
    if (gates.levels() == 1) {
      return directions == 1 ? graph.add("Unsqueeze", List.of(state, graph.list(0))) : state;
    }
    String from = graph.list((long) level * directions);
    String to = graph.list((level + 1L) * directions);
    return graph.add("Slice", List.of(state, from, to, graph.list(0)));
  }

  /** The levels' last states in the layer's shape. */
  private String stacked(List<String> ends) {
    if (ends.size() > 1) {
      return graph.add("Concat", ends, Attribute.of("axis", 0));
    }
    return gates.directions() == 1
        ? graph.add("Squeeze", List.of(ends.get(0), graph.list(0)))
        : ends.get(0);
  }

  /** Both directions side by side or summed; they stand at an axis before the batch. */
  private String joined(String value, int axis) {
    if (gates.directions() == 1) {
      return graph.add("Squeeze", List.of(value, graph.list(axis)));
    }
    if (outputSize == gates.hiddenSize()) {
      return graph.add("ReduceSum", List.of(value, graph.list(axis)), Attribute.of("keepdims", 0));
    }
    boolean sequence = axis == 1;
    String turned =
        graph.add(
            "Transpose",
            List.of(value),
            sequence ? Attribute.list("perm", 0, 2, 1, 3) : Attribute.list("perm", 1, 0, 2));
    String shape = sequence ? graph.list(0, 0, outputSize) : graph.list(0, outputSize);
    return graph.add("Reshape", List.of(turned, shape));
  }
}
