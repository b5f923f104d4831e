package unroll.io.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import unroll.autograd.Parameter;

/**
 * A graph that grows node by node. Values are known by their names. It becomes a {@code
 * ModelProto}, whose field numbers these are.
 */
final class Graph {

  /** The set of operators: the first with layer normalisation, understood since 2022. */
  static final int OPSET = 17;

  /** The version of the format that came with it. */
  private static final int IR_VERSION = 8;

  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final List<Message> nodes = new ArrayList<>();
  private final List<Message> constants = new ArrayList<>();
  private int values;

  /** An input; gives its name. */
  String input(Port port) {
    inputs.add(port);
    return port.name();
  }

  /** Makes a value an output. */
  void output(String value, Port port) {
    outputs.add(port);
    node("Identity", List.of(value), List.of(port.name()));
  }

  List<Port> inputs() {
    return inputs;
  }

  List<Port> outputs() {
    return outputs;
  }

  /** A node with one output; gives the name of that. An input may be left out by an empty name. */
  String add(String operator, List<String> from, Attribute... attributes) {
    return add(operator, 1, from, attributes).get(0);
  }

  /** A node with several outputs. */
  List<String> add(String operator, int results, List<String> from, Attribute... attributes) {
    List<String> to = new ArrayList<>();
    for (int i = 0; i < results; i++) {
      to.add(fresh(operator));
    }
    node(operator, from, to, attributes);
    return to;
  }

  private void node(String operator, List<String> from, List<String> to, Attribute... attributes) {
    Message node = new Message();
    int last = from.size();
    while (last > 0 && from.get(last - 1).isEmpty()) {
      last--;
    }
    from.subList(0, last).forEach(name -> node.put(1, name));
    to.forEach(name -> node.put(2, name));
    node.put(3, to.get(0) + "_node").put(4, operator);
    for (Attribute attribute : attributes) {
      node.put(5, attribute.message());
    }
    nodes.add(node);
  }

  private String fresh(String operator) {
    return operator + "_" + values++;
  }

  /** A parameter as it is. */
  String constant(String name, Parameter parameter) {
    return constant(name, parameter.value().toArray(), parameter.shape().sizes());
  }

  /** Numbers in single precision. */
  String constant(String name, double[] numbers, int... shape) {
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      raw.putFloat((float) number);
    }
    return constant(name, ElementType.FLOAT, raw.array(), shape);
  }

  /** A list of whole numbers: axes, sizes. */
  String list(long... numbers) {
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      raw.putLong(number);
    }
    return constant(fresh("list"), ElementType.INT64, raw.array(), numbers.length);
  }

  /** The size of an axis as a list of one. */
  String size(String value, int axis) {
    String sizes = add("Shape", List.of(value));
    return add("Gather", List.of(sizes, list(axis)), Attribute.of("axis", 0));
  }

  private String constant(String name, ElementType type, byte[] raw, int... shape) {
    Message tensor = new Message();
    for (int size : shape) {
      tensor.put(1, size);
    }
    constants.add(tensor.put(2, type.number()).put(8, name).put(9, raw));
    return name;
  }

  /** The file's bytes. */
  byte[] toBytes(String title) {
    Message graph = new Message();
    nodes.forEach(node -> graph.put(1, node));
    graph.put(2, title);
    constants.forEach(constant -> graph.put(5, constant));
    inputs.forEach(port -> graph.put(11, port.message()));
    outputs.forEach(port -> graph.put(12, port.message()));
    Message operators = new Message().put(1, "").put(2, OPSET);
    return new Message()
        .put(1, IR_VERSION)
        .put(2, "unroll")
        .put(7, graph)
        .put(8, operators)
        .toBytes();
  }
}
