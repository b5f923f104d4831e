package unroll.io.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Activation;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.GruCell;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.LstmCell;
import unroll.nn.recurrent.PeepholeLstmCell;
import unroll.nn.recurrent.Recurrent;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.RnnCell;
import unroll.nn.recurrent.SequenceLayer;

/**
 * What ONNX needs to know of a recurrent layer.
 *
 * @param name RNN, LSTM or GRU
 * @param gates its weights
 * @param settings attributes that the operator has beside sizes and directions
 * @param peepholes of an LSTM, blocks i, f, o; or null
 * @param start the learned state, [levels directions, hiddenSize] each; none for zeros
 */
record RecurrentOperator(
    String name,
    Gates gates,
    List<Attribute> settings,
    Parameter peepholes,
    List<Parameter> start) {

  private static final String PEEPHOLES = "weight_ch";

  /**
   * Describes a layer.
   *
   * @throws IllegalArgumentException if ONNX has no operator for it
   */
  static RecurrentOperator of(SequenceLayer<?> layer) {
    Trainable what = layer instanceof Recurrent<?> loop ? loop.cell() : layer;
    Map<String, Parameter> parameters = new LinkedHashMap<>(what.parameters());
    List<Parameter> start = new ArrayList<>();
    for (String name : List.of("h_0", "c_0")) {
      if (parameters.containsKey(name)) {
        start.add(parameters.remove(name));
      }
    }
    return of(layer, what, parameters).startingWith(start);
  }

  private static RecurrentOperator of(
      SequenceLayer<?> layer, Trainable what, Map<String, Parameter> parameters) {
    if (what instanceof Rnn rnn) {
      return rnn(layer, parameters, rnn.nonlinearity());
    }
    if (what instanceof RnnCell cell) {
      return rnn(layer, parameters, cell.nonlinearity());
    }
    if (what instanceof Lstm || what instanceof LstmCell) {
      return new RecurrentOperator(
          "LSTM", lstmGates(layer, parameters), List.of(), null, List.of());
    }
    if (what instanceof PeepholeLstmCell) {
      Parameter peepholes = parameters.remove(PEEPHOLES);
      return new RecurrentOperator(
          "LSTM", lstmGates(layer, parameters), List.of(), peepholes, List.of());
    }
    if (what instanceof Gru gru) {
      return gru(layer, parameters, gru.isResetBefore());
    }
    if (what instanceof GruCell cell) {
      return gru(layer, parameters, cell.isResetBefore());
    }
    throw new IllegalArgumentException(
        "Onnx: %s has a cell that ONNX knows no operator for; known are Rnn, Lstm, Gru and their cells"
            .formatted(layer));
  }

  private static RecurrentOperator rnn(
      SequenceLayer<?> layer, Map<String, Parameter> parameters, Activation nonlinearity) {
    Gates gates = new Gates(layer, parameters, 0);
    String function = nonlinearity == Activation.RELU ? "Relu" : "Tanh";
    String[] names = Collections.nCopies(gates.directions(), function).toArray(String[]::new);
    return new RecurrentOperator(
        "RNN", gates, List.of(Attribute.list("activations", names)), null, List.of());
  }

  /** Ours i, f, g, o; theirs i, o, f, c. */
  private static Gates lstmGates(SequenceLayer<?> layer, Map<String, Parameter> parameters) {
    return new Gates(layer, parameters, 0, 3, 1, 2);
  }

  /** Ours r, z, n; theirs z, r, h. */
  private static RecurrentOperator gru(
      SequenceLayer<?> layer, Map<String, Parameter> parameters, boolean resetBefore) {
    Gates gates = new Gates(layer, parameters, 1, 0, 2);
    Attribute reset = Attribute.of("linear_before_reset", resetBefore ? 0 : 1);
    return new RecurrentOperator("GRU", gates, List.of(reset), null, List.of());
  }

  private RecurrentOperator startingWith(List<Parameter> learned) {
    return new RecurrentOperator(name, gates, settings, peepholes, learned);
  }

  /** What a step carries to the next: h, and c of an LSTM. */
  List<String> stateNames() {
    return name.equals("LSTM") ? List.of("h", "c") : List.of("h");
  }

  /** An input or output for a part of the state. */
  Port port(String title) {
    return new Port(title, ElementType.FLOAT, stateSizes());
  }

  /** [batch, hiddenSize] for one level and direction, with them in front otherwise. */
  List<Object> stateSizes() {
    List<Object> sizes = new ArrayList<>();
    if (gates.levels() * gates.directions() > 1) {
      sizes.add(gates.levels() * gates.directions());
    }
    sizes.add("batch");
    sizes.add(gates.hiddenSize());
    return sizes;
  }

  /**
   * The learned state for each sequence, in the layer's shape; none where it starts with zeros.
   *
   * @param input [time, batch, inputSize]
   */
  List<String> start(Graph graph, String prefix, String input) {
    List<String> all = new ArrayList<>();
    for (Parameter part : start) {
      int tracks = part.shape().size(0);
      int size = part.shape().size(1);
      int[] shape = tracks == 1 ? new int[] {1, size} : new int[] {tracks, 1, size};
      String one = graph.constant(prefix + part.name(), part.value().toArray(), shape);
      List<String> sizes = new ArrayList<>();
      if (tracks > 1) {
        sizes.add(graph.list(tracks));
      }
      sizes.add(graph.size(input, 1));
      sizes.add(graph.list(size));
      String wanted = graph.add("Concat", sizes, Attribute.of("axis", 0));
      all.add(graph.add("Expand", List.of(one, wanted)));
    }
    return all;
  }

  /** Ours i, f, o; theirs i, o, f. An empty name if there are none. */
  String peepholes(Graph graph, String prefix) {
    if (peepholes == null) {
      return "";
    }
    double[] from = peepholes.value().toArray();
    int n = gates.hiddenSize();
    double[] to = from.clone();
    System.arraycopy(from, 2 * n, to, n, n);
    System.arraycopy(from, n, to, 2 * n, n);
    return graph.constant(prefix + PEEPHOLES, to, 1, 3 * n);
  }
}
