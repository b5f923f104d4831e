package unroll.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.plot.HeatMap;
import unroll.plot.Scale;
import unroll.tensor.Tensor;

/**
 * The gates and states of one layer, in one direction, along the columns of a trace.
 *
 * @param layer the layer's name and sizes, and which of several it is: {@code Gru 4 → 8 ×2
 *     bidirectional, layer 2 reverse}
 * @param gates by letter, in the order of the equations: [units][columns]
 */
public record LayerTrace(String layer, Map<String, double[][]> gates) {

  private static final Map<String, String> NAMES =
      Map.of(
          "i", "input gate i",
          "f", "forget gate f",
          "g", "candidate g",
          "o", "output gate o",
          "c", "cell c",
          "h", "hidden state h",
          "r", "reset gate r",
          "z", "update gate z",
          "n", "candidate n");

  /** The last step of every sequence in a batch, one column each. */
  static LayerTrace lastSteps(String layer, Map<String, Tensor> activations) {
    Map<String, double[][]> gates = new LinkedHashMap<>();
    activations.forEach((letter, all) -> gates.put(letter, units(all.get(all.size(0) - 1))));
    return new LayerTrace(layer, gates);
  }

  /** Every step of one sequence of a batch, one column each. */
  static LayerTrace steps(String layer, Map<String, Tensor> activations, int sequence) {
    Map<String, double[][]> gates = new LinkedHashMap<>();
    activations.forEach(
        (letter, all) -> {
          Tensor one = all.slice(1, sequence, sequence + 1);
          gates.put(letter, units(one.reshape(all.size(0), all.size(2))));
        });
    return new LayerTrace(layer, gates);
  }

  /** [columns, units] as [units][columns]. */
  private static double[][] units(Tensor columns) {
    double[] values = columns.toArray();
    int units = columns.size(1);
    double[][] out = new double[units][columns.size(0)];
    for (int k = 0; k < values.length; k++) {
      out[k % units][k / units] = values[k];
    }
    return out;
  }

  /** One gate, state or candidate as a heat map, units from top to bottom. */
  HeatMap heatMap(String letter, List<?> labels, String columnTitle) {
    double[][] values = gates.get(letter);
    if (values == null) {
      throw new IllegalArgumentException(
          "heatMap: %s has no '%s'; it has %s".formatted(layer, letter, gates.keySet()));
    }
    Scale scale =
        switch (letter) {
          case "i", "f", "o", "r", "z" -> Scale.GATE;
          case "c" -> Scale.symmetric(values);
          default -> Scale.TANH;
        };
    return HeatMap.of(NAMES.getOrDefault(letter, letter), values, labels, scale)
        .axes("unit", columnTitle);
  }
}
