package unroll.io.onnx;

import java.util.List;
import unroll.nn.AdditiveAttention;
import unroll.nn.Attention;
import unroll.nn.DotAttention;
import unroll.nn.MultiplicativeAttention;

/** Attention of every step of one sequence to every step of another, batch first inside. */
final class AttentionNodes {

  /** What a step past its sequence's length scores: its weight is zero. */
  private static final double NEVER = -1e9;

  private static final String PREFIX = "attention.";

  private final Graph graph;
  private final Attention attention;

  AttentionNodes(Graph graph, Attention attention) {
    this.graph = graph;
    this.attention = attention;
  }

  /**
   * How much each step counts, [batch, time, source].
   *
   * @param queries [time, batch, querySize]
   * @param memory [source, batch, size], keys and values
   * @param lengths [batch] of the source, or an empty name if all are full
   */
  String weights(String queries, String memory, String lengths, int querySize) {
    String scores = scores(queries, memory, querySize);
    if (!lengths.isEmpty()) {
      String there = transposed(Steps.there(graph, memory, lengths), 1, 0);
      String mask = graph.add("Unsqueeze", List.of(there, graph.list(1)));
      String never = graph.constant("never", new double[] {NEVER}, 1);
      scores = graph.add("Where", List.of(mask, scores, never));
    }
    return graph.add("Softmax", List.of(scores), Attribute.of("axis", -1));
  }

  /** The values, weighted and summed: [time, batch, size]. */
  String context(String weights, String memory) {
    String values = transposed(memory, 1, 0, 2);
    return transposed(graph.add("MatMul", List.of(weights, values)), 1, 0, 2);
  }

  private String scores(String queries, String memory, int querySize) {
    if (attention instanceof DotAttention dot) {
      String products = products(queries, memory);
      String root = graph.constant("root", new double[] {Math.sqrt(querySize)}, 1);
      return dot.scaled() ? graph.add("Div", List.of(products, root)) : products;
    }
    if (attention instanceof MultiplicativeAttention general) {
      return products(queries, LayerNodes.add(graph, PREFIX + "key.", general.key(), memory));
    }
    if (attention instanceof AdditiveAttention additive) {
      return additive(additive, queries, memory);
    }
    throw new IllegalArgumentException(
        "Onnx: %s cannot be exported; known are dot, scaled dot, multiplicative and additive"
            .formatted(attention));
  }

  /** query · key for every two, [batch, time, source]. */
  private String products(String queries, String keys) {
    return graph.add("MatMul", List.of(transposed(queries, 1, 0, 2), transposed(keys, 1, 2, 0)));
  }

  private String additive(AdditiveAttention additive, String queries, String memory) {
    String query = LayerNodes.add(graph, PREFIX + "query.", additive.query(), queries);
    String key = LayerNodes.add(graph, PREFIX + "key.", additive.key(), memory);
    String left = graph.add("Unsqueeze", List.of(transposed(query, 1, 0, 2), graph.list(2)));
    String right = graph.add("Unsqueeze", List.of(transposed(key, 1, 0, 2), graph.list(1)));
    String sum = graph.add("Tanh", List.of(graph.add("Add", List.of(left, right))));
    String scores = LayerNodes.add(graph, PREFIX + "score.", additive.score(), sum);
    return graph.add("Squeeze", List.of(scores, graph.list(3)));
  }

  private String transposed(String value, long... axes) {
    return graph.add("Transpose", List.of(value), Attribute.list("perm", axes));
  }
}
