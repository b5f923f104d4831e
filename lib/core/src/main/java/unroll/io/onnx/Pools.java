package unroll.io.onnx;

import java.util.List;

/** Outputs [time, batch, size], zero past each sequence's length, as one vector a sequence. */
final class Pools {

  /** Less than any output of a recurrent layer. */
  private static final double NEVER = -1e9;

  private Pools() {}

  /**
   * The mean over each sequence's own steps.
   *
   * @param lengths [batch], or an empty name if all sequences are full
   */
  static String mean(Graph graph, String outputs, String lengths) {
    if (lengths.isEmpty()) {
      return graph.add(
          "ReduceMean", List.of(outputs), Attribute.list("axes", 0), Attribute.of("keepdims", 0));
    }
    String sum =
        graph.add("ReduceSum", List.of(outputs, graph.list(0)), Attribute.of("keepdims", 0));
    String counts =
        graph.add("Cast", List.of(lengths), Attribute.of("to", ElementType.FLOAT.number()));
    String column = graph.add("Unsqueeze", List.of(counts, graph.list(1)));
    return graph.add("Div", List.of(sum, column));
  }

  /** The greatest over each sequence's own steps, unit by unit. */
  static String max(Graph graph, String outputs, String lengths) {
    String known = lengths.isEmpty() ? outputs : covered(graph, outputs, lengths);
    return graph.add(
        "ReduceMax", List.of(known), Attribute.list("axes", 0), Attribute.of("keepdims", 0));
  }

  /** The outputs with {@link #NEVER} past each length. */
  private static String covered(Graph graph, String outputs, String lengths) {
    String there = Steps.there(graph, outputs, lengths);
    String mask = graph.add("Unsqueeze", List.of(there, graph.list(2)));
    String never = graph.constant("never", new double[] {NEVER}, 1);
    return graph.add("Where", List.of(mask, outputs, never));
  }
}
