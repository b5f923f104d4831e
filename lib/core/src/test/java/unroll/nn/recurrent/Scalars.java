package unroll.nn.recurrent;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Parameter;

/** Parameters as plain numbers, for equations written out as loops. */
final class Scalars {

  private final Map<String, double[]> values = new LinkedHashMap<>();

  /** The names are those of a cell: a layer's end in {@code _l0}. */
  Scalars(Map<String, Parameter> parameters) {
    parameters.forEach((name, p) -> values.put(name.replace("_l0", ""), p.value().toArray()));
  }

  /** All numbers of a parameter. */
  double[] of(String name) {
    return values.get(name);
  }

  /** Layer normalisation with the parameters {@code name.weight} and {@code name.bias}. */
  double[] norm(String name, double... x) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double[] y = new double[x.length];
    Arrays.setAll(
        y,
        i ->
            (x[i] - mean) / Math.sqrt(variance + 1e-5) * of(name + ".weight")[i]
                + of(name + ".bias")[i]);
    return y;
  }

  /** Row {@code row} of a matrix times x, plus that row of the bias, if there is one. */
  double affine(String weight, String bias, int row, double... x) {
    double[] matrix = values.get(weight);
    double sum = values.containsKey(bias) ? values.get(bias)[row] : 0;
    for (int i = 0; i < x.length; i++) {
      sum += matrix[row * x.length + i] * x[i];
    }
    return sum;
  }

  /** W_ih x + b_ih of one row. */
  double fromInput(int row, double... x) {
    return affine("weight_ih", "bias_ih", row, x);
  }

  /** W_hh h + b_hh of one row. */
  double fromHidden(int row, double... h) {
    return affine("weight_hh", "bias_hh", row, h);
  }

  /** Both. */
  double both(int row, double[] x, double... h) {
    return fromInput(row, x) + fromHidden(row, h);
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
