package unroll.nn.recurrent;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.nn.Initializer;
import unroll.nn.LayerNorm;

/**
 * Which equations a layer has, before its parameters.
 *
 * @param kind the plain form of its equations
 * @param hiddenSize the number of units
 * @param biased whether there are biases; with norms, theirs take the place
 * @param normed with layer normalisation
 * @param resetBefore a GRU's reset gate is applied before the product
 * @param projection the size an LSTM's hidden state is projected to, or 0
 * @param forgetBias what the bias of an LSTM's forget gate starts with, or NaN for as the others
 */
record Formula(
    Recurrence.Kind kind,
    int hiddenSize,
    boolean biased,
    boolean normed,
    boolean resetBefore,
    int projection,
    double forgetBias) {

  static Formula of(Recurrence.Kind kind, int hiddenSize) {
    return new Formula(kind, hiddenSize, true, false, false, 0, Double.NaN);
  }

  Formula relu() {
    return new Formula(
        Recurrence.Kind.RNN_RELU, hiddenSize, biased, normed, resetBefore, projection, forgetBias);
  }

  Formula withoutBias() {
    return new Formula(kind, hiddenSize, false, normed, resetBefore, projection, forgetBias);
  }

  Formula withNorm() {
    return new Formula(kind, hiddenSize, biased, true, resetBefore, projection, forgetBias);
  }

  Formula withResetBefore() {
    return new Formula(kind, hiddenSize, biased, normed, true, projection, forgetBias);
  }

  Formula withProjection(int size) {
    return new Formula(kind, hiddenSize, biased, normed, resetBefore, size, forgetBias);
  }

  Formula withForgetBias(double value) {
    return new Formula(kind, hiddenSize, biased, normed, resetBefore, projection, value);
  }

  boolean isRelu() {
    return kind == Recurrence.Kind.RNN_RELU;
  }

  /** The size of what a layer in one direction shows. */
  int shownSize() {
    return projection > 0 ? projection : hiddenSize;
  }

  /** The equations with parameters. */
  Equations equations(String layer, int inputSize, String suffix, Supply supply) {
    GateWeights.requireSizes(layer, inputSize, hiddenSize);
    return switch (kind) {
      case RNN_TANH, RNN_RELU -> rnn(inputSize, suffix, supply);
      case LSTM -> lstm(inputSize, suffix, supply);
      case GRU -> gru(inputSize, suffix, supply);
    };
  }

  RnnEquations rnn(int inputSize, String suffix, Supply supply) {
    GateWeights weights = weights(inputSize, suffix, supply);
    return new RnnEquations(
        weights, norms(supply, suffix, Map.of("norm", hiddenSize)), suffix, isRelu());
  }

  LstmEquations lstm(int inputSize, String suffix, Supply supply) {
    GateWeights weights = weights(inputSize, suffix, supply);
    Parameter weightHr =
        projection == 0
            ? null
            : supply.parameter(
                Initializer.uniform(hiddenSize), "weight_hr" + suffix, projection, hiddenSize);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("norm_ih", 4 * hiddenSize);
    sizes.put("norm_hh", 4 * hiddenSize);
    sizes.put("norm_c", hiddenSize);
    return new LstmEquations(weights, weightHr, norms(supply, suffix, sizes), suffix);
  }

  GruEquations gru(int inputSize, String suffix, Supply supply) {
    GateWeights weights = weights(inputSize, suffix, supply);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("norm_ih", 2 * hiddenSize);
    sizes.put("norm_hh", 2 * hiddenSize);
    sizes.put("norm_in", hiddenSize);
    sizes.put("norm_hn", hiddenSize);
    return new GruEquations(weights, norms(supply, suffix, sizes), suffix, resetBefore);
  }

  private GateWeights weights(int inputSize, String suffix, Supply supply) {
    Initializer uniform = Initializer.uniform(hiddenSize);
    int rows = kind.gates() * hiddenSize;
    Parameter weightIh = supply.parameter(uniform, "weight_ih" + suffix, rows, inputSize);
    Parameter weightHh = supply.parameter(uniform, "weight_hh" + suffix, rows, shownSize());
    if (!biased || normed) {
      return new GateWeights(weightIh, weightHh, null, null, hiddenSize);
    }
    return new GateWeights(
        weightIh,
        weightHh,
        supply.parameter(forgetting(forgetBias), "bias_ih" + suffix, rows),
        supply.parameter(forgetting(0), "bias_hh" + suffix, rows),
        hiddenSize);
  }

  /** Uniform but for the forget gate, where a start is set for it. */
  private Initializer forgetting(double start) {
    Initializer uniform = Initializer.uniform(hiddenSize);
    return Double.isNaN(forgetBias)
        ? uniform
        : (generator, sizes) -> {
          double[] values = uniform.draw(generator, sizes);
          Arrays.fill(values, hiddenSize, 2 * hiddenSize, start);
          return values;
        };
  }

  private Map<String, LayerNorm> norms(Supply supply, String suffix, Map<String, Integer> sizes) {
    Map<String, LayerNorm> norms = new LinkedHashMap<>();
    if (normed) {
      sizes.forEach((name, size) -> norms.put(name, norm(supply, name, suffix, size)));
    }
    return norms;
  }

  private LayerNorm norm(Supply supply, String name, String suffix, int size) {
    LayerNorm norm = supply.norm(name + suffix, size);
    boolean isNew = supply.norms().get(name + suffix) != norm;
    if (isNew && name.equals("norm_ih") && !Double.isNaN(forgetBias)) {
      double[] bias = new double[size];
      Arrays.fill(bias, hiddenSize, 2 * hiddenSize, forgetBias);
      norm.parameters().get("bias").set(bias);
    }
    return norm;
  }

  /** What is particular about the equations, for {@code toString}. */
  String remarks() {
    return (isRelu() ? " relu" : "")
        + (normed ? " layer norm" : "")
        + (resetBefore ? " reset before" : "")
        + (projection > 0 ? " projected to " + projection : "");
  }
}
