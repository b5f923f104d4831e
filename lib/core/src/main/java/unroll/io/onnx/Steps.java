package unroll.io.onnx;

import java.util.List;

/** Which steps of sequences are their own, and which are padding. */
final class Steps {

  private Steps() {}

  /**
   * Whether each step is there, [time, batch].
   *
   * @param sequences [time, ...]
   * @param lengths [batch]
   */
  static String there(Graph graph, String sequences, String lengths) {
    String end = graph.add("Squeeze", List.of(graph.size(sequences, 0)));
    String zero = graph.add("Squeeze", List.of(graph.list(0)));
    String one = graph.add("Squeeze", List.of(graph.list(1)));
    String steps = graph.add("Range", List.of(zero, end, one));
    String column = graph.add("Unsqueeze", List.of(steps, graph.list(1)));
    String whole =
        graph.add("Cast", List.of(lengths), Attribute.of("to", ElementType.INT64.number()));
    return graph.add("Less", List.of(column, whole));
  }
}
