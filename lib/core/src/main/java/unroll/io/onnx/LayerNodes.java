package unroll.io.onnx;

import java.util.List;
import unroll.autograd.Parameter;
import unroll.nn.Activation;
import unroll.nn.Dropout;
import unroll.nn.Embedding;
import unroll.nn.Layer;
import unroll.nn.LayerNorm;
import unroll.nn.Linear;

/** Writes layers that know no time into a graph. */
final class LayerNodes {

  private LayerNodes() {}

  /**
   * Writes a layer's nodes.
   *
   * @param prefix begins the names of its weights
   * @return the name of its output
   * @throws IllegalArgumentException if the layer is not known here
   */
  static String add(Graph graph, String prefix, Layer layer, String input) {
    if (layer instanceof Linear linear) {
      return linear(graph, prefix, linear, input);
    }
    if (layer instanceof LayerNorm norm) {
      return graph.add(
          "LayerNormalization",
          List.of(
              input,
              graph.constant(prefix + "weight", norm.parameters().get("weight")),
              graph.constant(prefix + "bias", norm.parameters().get("bias"))),
          Attribute.of("axis", -1),
          Attribute.of("epsilon", (float) LayerNorm.EPSILON));
    }
    if (layer instanceof Activation activation) {
      return activation(graph, activation, input);
    }
    if (layer instanceof Dropout) {
      return input;
    }
    throw new IllegalArgumentException(
        "Onnx: %s cannot be exported; known are Rnn, Lstm, Gru, Linear, Embedding, LayerNorm, Dropout and activations"
            .formatted(layer));
  }

  /** tokens [time, batch] to [time, batch, features]. */
  static String embedding(Graph graph, String prefix, Embedding embedding, String tokens) {
    String table = graph.constant(prefix + "weight", embedding.parameters().get("weight"));
    return graph.add("Gather", List.of(table, tokens), Attribute.of("axis", 0));
  }

  private static String linear(Graph graph, String prefix, Linear linear, String input) {
    Parameter weight = linear.parameters().get("weight");
    double[] turned = weight.value().transpose(0, 1).toArray();
    int[] shape = {weight.shape().size(1), weight.shape().size(0)};
    String matrix = graph.constant(prefix + "weight_transposed", turned, shape);
    String product = graph.add("MatMul", List.of(input, matrix));
    Parameter bias = linear.parameters().get("bias");
    return bias == null
        ? product
        : graph.add("Add", List.of(product, graph.constant(prefix + "bias", bias)));
  }

  private static String activation(Graph graph, Activation activation, String input) {
    return switch (activation) {
      case TANH -> graph.add("Tanh", List.of(input));
      case SIGMOID -> graph.add("Sigmoid", List.of(input));
      case RELU -> graph.add("Relu", List.of(input));
      case SOFTMAX -> graph.add("Softmax", List.of(input), Attribute.of("axis", -1));
    };
  }
}
