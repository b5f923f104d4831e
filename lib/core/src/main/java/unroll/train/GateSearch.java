package unroll.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import unroll.autograd.Origin;
import unroll.autograd.Parameter;
import unroll.tensor.Tensor;

/**
 * Finds the gate and the step of time in a recurrent layer that ran over its whole sequence in one
 * operation. The gates are computed once more, in plain loops, for the step where the output is no
 * longer a number.
 */
final class GateSearch {

  /**
   * What was found.
   *
   * @param gate its letter, or empty
   * @param timeStep from 1, or 0
   */
  record Found(String gate, int timeStep) {

    String words() {
      return switch (gate) {
        case "" -> "";
        case "h" -> "the hidden state h";
        case "c" -> "the cell c";
        case "g", "n" -> "the candidate " + gate;
        default -> "gate " + gate;
      };
    }
  }

  private static final Found NOTHING = new Found("", 0);
  private static final String KIND = "(weight|bias)_[ih]h";
  private static final Pattern REVERSE = Pattern.compile("_l\\d+_reverse");

  private final Origin origin;
  private final Map<String, Parameter> parameters;
  private final List<Tensor> inputs;
  private final Tensor output;
  private final Tensor inputWeight;
  private final Tensor hiddenWeight;
  private final List<Tensor> biases = new ArrayList<>();

  private GateSearch(Origin origin, Map<String, Parameter> parameters) {
    this.origin = origin;
    this.parameters = parameters;
    inputs = origin.inputs();
    output = origin.outputs().get(0);
    hiddenWeight = input("weight_hh");
    int before = hiddenWeight == null ? -1 : inputs.indexOf(hiddenWeight) - 1;
    inputWeight = before < 0 ? null : inputs.get(before);
    for (Tensor input : inputs) {
      if (last(nameOf(input, parameters)).startsWith("bias")) {
        biases.add(input);
      }
    }
  }

  /** The gate and the step in the operation where the trouble arose. */
  static Found in(Origin origin, Map<String, Parameter> parameters) {
    GateSearch search = new GateSearch(origin, parameters);
    boolean sequence =
        search.inputWeight != null
            && search.hiddenWeight != null
            && search.inputWeight.size(0) == search.hiddenWeight.size(0)
            && search.output.shape().rank() == 3;
    if (!sequence) {
      return origin.isGradient() ? NOTHING : search.step();
    }
    return origin.isGradient() ? search.back() : search.forward();
  }

  /** The name of a parameter's tensor; empty for any other. */
  static String nameOf(Tensor tensor, Map<String, Parameter> parameters) {
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      if (entry.getValue().value() == tensor) {
        return entry.getKey();
      }
    }
    return "";
  }

  /** Layers that run step by step, where the gates lie side by side in what a weight gives. */
  private Found step() {
    String name = nameOf(origin.leaf(), parameters);
    int index = first(output.toArray());
    if (index < 0 || !inputs.contains(origin.leaf()) || !last(name).matches(KIND + ".*")) {
      return NOTHING;
    }
    Parameter weight = parameters.get(name.replaceFirst(KIND, "weight_hh"));
    if (weight == null) {
      return NOTHING;
    }
    int rows = weight.shape().size(0);
    Parameter projection = parameters.get(name.replaceFirst(KIND, "weight_hr"));
    int hidden = (projection == null ? weight : projection).shape().size(1);
    int width = output.size(-1);
    if (width == rows) { // [batch, rows] at a step, or [time, batch, rows]
      boolean whole = output.shape().rank() == 3;
      int step = whole ? time(index / (output.size(1) * rows), name) : use(origin, name);
      return new Found(letter(index % rows / hidden, rows / hidden), step);
    }
    boolean changed = output.shape().rank() == 2 && output.size(0) == rows; // another form of it
    return changed ? new Found(letter(index / width / hidden, rows / hidden), 0) : NOTHING;
  }

  private Found forward() {
    int first = first(output.toArray());
    if (first < 0) { // the output is bounded, the state beside it is not
      return new Found("c", 0);
    }
    int step = first / (output.size(1) * output.size(2));
    int time = time(step, nameOf(hiddenWeight, parameters));
    int hidden = hiddenWeight.size(1);
    int blocks = hiddenWeight.size(0) / hidden;
    double[][] sums = sums(step);
    for (DoublePredicate bad : List.<DoublePredicate>of(Double::isNaN, Double::isInfinite)) {
      for (int row = 0; row < blocks * hidden; row++) {
        for (double[] sum : sums) {
          if (bad.test(sum[row])) {
            return new Found(letter(row / hidden, blocks), time);
          }
        }
      }
    }
    return new Found(blocks == 4 ? "c" : "h", time);
  }

  /** An operation's step, from 0, as a step of time, from 1; 0 where it cannot be told. */
  private int time(int step, String parameter) {
    if (!REVERSE.matcher(parameter).find()) {
      return step + 1;
    }
    return isPadded() ? 0 : output.size(0) - step;
  }

  /** Whether sequences may have different lengths: then each ends at a step of its own. */
  private boolean isPadded() {
    if (inputWeight != null && nameOf(inputWeight, parameters).isEmpty()) {
      return true; // it has one more column, for the padding
    }
    Tensor x = inputs.get(0);
    double[] last = step(x, x.size(0) - 1);
    int width = x.size(-1);
    for (int from = 0; from < last.length; from += width) {
      if (Arrays.stream(last, from, from + width).allMatch(value -> value == 0)) {
        return true;
      }
    }
    return false;
  }

  /** The step of time in a layer that is unrolled; 0 where it runs backwards. */
  static int use(Origin origin, String parameter) {
    return REVERSE.matcher(parameter).find() ? 0 : origin.use();
  }

  /** b + W_ih x + W_hh h at a step, in the backend's precision, [batch][rows]. */
  private double[][] sums(int step) {
    double[] x = step(inputs.get(0), step);
    double[] h = step == 0 ? inputs.get(1).toArray() : step(output, step - 1);
    double[][] sums = new double[output.size(1)][hiddenWeight.size(0)];
    for (Tensor bias : biases) {
      double[] values = bias.toArray();
      for (double[] sum : sums) {
        Arrays.setAll(sum, row -> rounded(sum[row] + values[row]));
      }
    }
    addProduct(inputWeight, x, sums);
    addProduct(hiddenWeight, h, sums);
    return sums;
  }

  private void addProduct(Tensor weight, double[] x, double[][] sums) {
    int columns = weight.size(1);
    double[] w = weight.toArray();
    for (int b = 0; b < sums.length; b++) {
      for (int row = 0; row < sums[b].length; row++) {
        for (int k = 0; k < columns; k++) {
          double product = rounded(w[row * columns + k] * x[b * columns + k]);
          sums[b][row] = rounded(sums[b][row] + product);
        }
      }
    }
  }

  private double rounded(double value) {
    return output.backend().precision().bytes() <= Float.BYTES ? (float) value : value;
  }

  /** The step where the gradient by the input fails first on the way back, and the gate. */
  private Found back() {
    List<Tensor> variables = new ArrayList<>(inputs);
    variables.set(0, inputs.get(0).requiringGradient());
    List<Tensor> gradients =
        origin.operation().gradient(variables, origin.outputs(), origin.arriving());
    double[] byInput = gradients.get(0).toArray();
    int last = last(byInput);
    int step = last / Math.max(1, byInput.length / output.size(0));
    int time = last < 0 ? 0 : time(step, nameOf(hiddenWeight, parameters));
    double[] byWeight = gradients.get(inputs.indexOf(hiddenWeight)).toArray();
    int row = first(byWeight) / hiddenWeight.size(1);
    String gate =
        row < 0
            ? ""
            : letter(row / hiddenWeight.size(1), hiddenWeight.size(0) / hiddenWeight.size(1));
    return new Found(gate, time);
  }

  private static double[] step(Tensor sequence, int step) {
    return sequence.slice(0, step, step + 1).toArray();
  }

  private Tensor input(String start) {
    for (Tensor input : inputs) {
      if (last(nameOf(input, parameters)).startsWith(start)) {
        return input;
      }
    }
    return null;
  }

  /** The gates in the order of the rows of the weights. */
  private static String letter(int block, int blocks) {
    String letters =
        switch (blocks) {
          case 4 -> "ifgo";
          case 3 -> "rzn";
          default -> "h";
        };
    return block < letters.length() ? letters.substring(block, block + 1) : "";
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The first that is no number; far below zero if all are numbers. */
  private static int first(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return Integer.MIN_VALUE;
  }

  private static int last(double[] values) {
    for (int i = values.length - 1; i >= 0; i--) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
