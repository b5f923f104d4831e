package unroll.io.onnx;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import unroll.autograd.Parameter;
import unroll.nn.Trainable;

/**
 * The weights of a recurrent layer in ONNX's layout: levels and directions found by PyTorch's
 * names, the gates' blocks in another order.
 */
final class Gates {

  private static final Pattern NAME =
      Pattern.compile("(weight_ih|weight_hh|bias_ih|bias_hh)(?:_l(\\d+)(_reverse)?)?");

  private final Map<String, Parameter> parameters;
  private final int[] order;
  private final int levels;
  private final int directions;

  /**
   * Reads a layer's parameters.
   *
   * @param order for each block of ONNX, which of ours it is
   * @throws IllegalArgumentException if one of the parameters has no place in ONNX
   */
  Gates(Trainable layer, Map<String, Parameter> parameters, int... order) {
    this.parameters = new TreeMap<>(parameters);
    this.order = order.clone();
    int top = 0;
    int sides = 1;
    for (String name : parameters.keySet()) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "Onnx: %s has the parameter '%s'; %s".formatted(layer, name, reason(name)));
      }
      top = Math.max(top, matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2)));
      sides = matcher.group(3) == null ? sides : 2;
    }
    levels = top + 1;
    directions = sides;
  }

  private static String reason(String name) {
    return name.startsWith("weight_hr")
        ? "ONNX's LSTM has no projection. Export a layer without one, or move the weights as safetensors"
        : "ONNX's recurrent operators have nothing like it. Move the weights as safetensors instead";
  }

  int levels() {
    return levels;
  }

  int directions() {
    return directions;
  }

  int hiddenSize() {
    return parameter("weight_hh", 0, 0).shape().size(1);
  }

  /** [directions, gates hiddenSize, inputSize], for one level. */
  String weightIh(Graph graph, String prefix, int level) {
    return matrix(graph, prefix, "weight_ih", level);
  }

  /** [directions, gates hiddenSize, hiddenSize], for one level. */
  String weightHh(Graph graph, String prefix, int level) {
    return matrix(graph, prefix, "weight_hh", level);
  }

  private String matrix(Graph graph, String prefix, String kind, int level) {
    Parameter first = parameter(kind, level, 0);
    int rows = first.shape().size(0);
    int columns = first.shape().size(1);
    double[] all = new double[directions * rows * columns];
    for (int d = 0; d < directions; d++) {
      reorder(parameter(kind, level, d), all, d * rows * columns);
    }
    return graph.constant(prefix + kind + "_l" + level, all, directions, rows, columns);
  }

  /**
   * [directions, 2 gates hiddenSize], those for the input first; an empty name if there is none.
   */
  String biases(Graph graph, String prefix, int level) {
    if (parameter("bias_ih", level, 0) == null) {
      return "";
    }
    int rows = order.length * hiddenSize();
    double[] all = new double[directions * 2 * rows];
    for (int d = 0; d < directions; d++) {
      reorder(parameter("bias_ih", level, d), all, 2 * d * rows);
      reorder(parameter("bias_hh", level, d), all, (2 * d + 1) * rows);
    }
    return graph.constant(prefix + "bias_l" + level, all, directions, 2 * rows);
  }

  private void reorder(Parameter from, double[] to, int at) {
    double[] values = from.value().toArray();
    int block = values.length / order.length;
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(values, order[i] * block, to, at + i * block, block);
    }
  }

  /** Null if there is none: a layer without biases. */
  private Parameter parameter(String kind, int level, int direction) {
    Parameter found = parameters.get(kind + "_l" + level + (direction == 0 ? "" : "_reverse"));
    return found == null && level == 0 && direction == 0 ? parameters.get(kind) : found;
  }
}
