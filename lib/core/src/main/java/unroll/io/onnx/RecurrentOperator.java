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
 */
record RecurrentOperator(String name, Gates gates, List<Attribute> settings, Parameter peepholes) {

  private static final String PEEPHOLES = "weight_ch";

  /**
   * Describes a layer.
   *
   * @throws IllegalArgumentException if ONNX has no operator for it
   */
  static RecurrentOperator of(SequenceLayer<?> layer) {
    Trainable what = layer instanceof Recurrent<?> loop ? loop.cell() : layer;
    Map<String, Parameter> parameters = new LinkedHashMap<>(what.parameters());
    if (what instanceof Rnn rnn) {
      return rnn(layer, parameters, rnn.nonlinearity());
    }
    if (what instanceof RnnCell cell) {
      return rnn(layer, parameters, cell.nonlinearity());
    }
    if (what instanceof Lstm || what instanceof LstmCell) {
      return new RecurrentOperator("LSTM", lstmGates(layer, parameters), List.of(), null);
    }
    if (what instanceof PeepholeLstmCell) {
      Parameter peepholes = parameters.remove(PEEPHOLES);
      return new RecurrentOperator("LSTM", lstmGates(layer, parameters), List.of(), peepholes);
    }
    if (what instanceof Gru) {
      return gru(layer, parameters, false);
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
    return new RecurrentOperator("RNN", gates, List.of(Attribute.list("activations", names)), null);
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
    return new RecurrentOperator("GRU", gates, List.of(reset), null);
  }

  /** What a step carries to the next: h, and c of an LSTM. */
  List<String> stateNames() {
    return name.equals("LSTM") ? List.of("h", "c") : List.of("h");
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
