package unroll.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import unroll.autograd.Origin;
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

  private final List<Tensor> inputs;
  private final Tensor output;
  private final Tensor inputWeight;
  private final Tensor hiddenWeight;
  private final List<Tensor> biases = new ArrayList<>();
  private final int blocks;

  private GateSearch(Origin origin, Function<Tensor, String> names) {
    inputs = origin.inputs();
    output = origin.outputs().get(0);
    inputWeight = named("weight_ih", names);
    hiddenWeight = named("weight_hh", names);
    for (Tensor input : inputs) {
      if (last(names.apply(input)).startsWith("bias")) {
        biases.add(input);
      }
    }
    boolean sequence = inputWeight != null && hiddenWeight != null && output.shape().rank() == 3;
    blocks = sequence ? hiddenWeight.size(0) / hiddenWeight.size(1) : 0;
  }

  /** The gate and the step in the operation where the trouble arose. */
  static Found in(Origin origin, Function<Tensor, String> names) {
    GateSearch search = new GateSearch(origin, names);
    if (search.blocks == 0) {
      return NOTHING;
    }
    return origin.isGradient() ? search.back(origin) : search.forward();
  }

  /** The gate of the first row of a weight or bias that is no number. */
  static Found ofRows(Tensor parameter, String name) {
    boolean recurrent = last(name).matches("(weight|bias)_[ih]h.*");
    if (!recurrent || last(name).startsWith("weight_ih") || parameter.shape().rank() != 2) {
      return NOTHING;
    }
    int hidden = parameter.size(1);
    int row = first(parameter.toArray()) / hidden;
    return new Found(letter(row / hidden, parameter.size(0) / hidden), 0);
  }

  private Found forward() {
    int first = first(output.toArray());
    if (first < 0) { // the output is bounded, the state beside it is not
      return new Found("c", output.size(0));
    }
    int step = first / (output.size(1) * output.size(2));
    int hidden = hiddenWeight.size(1);
    double[][] sums = sums(step);
    double largest = output.backend().precision().bytes() < 8 ? Float.MAX_VALUE : Double.MAX_VALUE;
    for (int row = 0; row < blocks * hidden; row++) {
      for (int b = 0; b < output.size(1); b++) {
        if (!(Math.abs(sums[b][row]) <= largest)) {
          return new Found(letter(row / hidden, blocks), step + 1);
        }
      }
    }
    return new Found(blocks == 4 ? "c" : "h", step + 1);
  }

  /** W_ih x + W_hh h + b at a step, [batch][rows]. */
  private double[][] sums(int step) {
    double[] x = step(inputs.get(0), step);
    double[] h = step == 0 ? inputs.get(1).toArray() : step(output, step - 1);
    double[][] sums = new double[output.size(1)][hiddenWeight.size(0)];
    addProduct(inputWeight, x, sums);
    addProduct(hiddenWeight, h, sums);
    for (Tensor bias : biases) {
      double[] values = bias.toArray();
      for (double[] sum : sums) {
        Arrays.setAll(sum, row -> sum[row] + values[row]);
      }
    }
    return sums;
  }

  private static void addProduct(Tensor weight, double[] x, double[][] sums) {
    int columns = weight.size(1);
    double[] w = weight.toArray();
    for (int b = 0; b < sums.length; b++) {
      for (int row = 0; row < sums[b].length; row++) {
        for (int k = 0; k < columns; k++) {
          sums[b][row] += w[row * columns + k] * x[b * columns + k];
        }
      }
    }
  }

  /** The step where the gradient by the input fails first on the way back, and the gate. */
  private Found back(Origin origin) {
    List<Tensor> variables = new ArrayList<>(inputs);
    variables.set(0, inputs.get(0).requiringGradient());
    List<Tensor> gradients =
        origin.operation().gradient(variables, origin.outputs(), origin.arriving());
    double[] byInput = gradients.get(0).toArray();
    int step = last(byInput) / Math.max(1, byInput.length / output.size(0));
    double[] byWeight = gradients.get(inputs.indexOf(hiddenWeight)).toArray();
    int row = first(byWeight) / hiddenWeight.size(1);
    String gate = row < 0 ? "" : letter(row / hiddenWeight.size(1), blocks);
    return new Found(gate, step + 1);
  }

  private static double[] step(Tensor sequence, int step) {
    return sequence.slice(0, step, step + 1).toArray();
  }

  private Tensor named(String start, Function<Tensor, String> names) {
    for (Tensor input : inputs) {
      if (last(names.apply(input)).startsWith(start)) {
        return input;
      }
    }
    return null;
  }

  private static String letter(int block, int blocks) {
    return Autopsy.gates(blocks).get(block);
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
