package unroll.nn.recurrent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.nn.Initializer;
import unroll.nn.Linear;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * The weights of one recurrent layer, one block of rows a gate. What it shows, and sees of itself
 * at the next step, is its hidden state, or for a projected layer a smaller one.
 *
 * @param weightIh [gates hiddenSize, inputSize]
 * @param weightHh [gates hiddenSize, shownSize]
 * @param biasIh [gates hiddenSize], or null
 * @param biasHh [gates hiddenSize], or null
 * @param hiddenSize the number of units
 */
record GateWeights(
    Parameter weightIh, Parameter weightHh, Parameter biasIh, Parameter biasHh, int hiddenSize) {

  /** Uniform between -1/√hiddenSize and 1/√hiddenSize, as in PyTorch; the suffix ends the names. */
  static GateWeights draw(
      String layer, int gates, int inputSize, int hiddenSize, String suffix, Generator generator) {
    requireSizes(layer, inputSize, hiddenSize);
    Initializer uniform = Initializer.uniform(hiddenSize);
    int rows = gates * hiddenSize;
    return new GateWeights(
        uniform.parameter(generator, "weight_ih" + suffix, rows, inputSize),
        uniform.parameter(generator, "weight_hh" + suffix, rows, hiddenSize),
        uniform.parameter(generator, "bias_ih" + suffix, rows),
        uniform.parameter(generator, "bias_hh" + suffix, rows),
        hiddenSize);
  }

  static void requireSizes(String layer, int inputSize, int hiddenSize) {
    if (inputSize < 1 || hiddenSize < 1) {
      throw new IllegalArgumentException(
          "%s: sizes must be at least 1, got %d and %d".formatted(layer, inputSize, hiddenSize));
    }
  }

  GateWeights withoutBias() {
    return new GateWeights(weightIh, weightHh, null, null, hiddenSize);
  }

  int inputSize() {
    return weightIh.shape().size(1);
  }

  /** The size of what the gates see of the step before. */
  int shownSize() {
    return weightHh.shape().size(1);
  }

  Backend backend() {
    return weightIh.backend();
  }

  /** W_ih x + b_ih, all gates side by side: [..., gates hiddenSize]. */
  Tensor fromInput(Tensor x) {
    return Linear.apply(x, weightIh.value(), biasIh == null ? null : biasIh.value());
  }

  /** W_hh h + b_hh, all gates side by side: [batch, gates hiddenSize]. */
  Tensor fromHidden(Tensor h) {
    return Linear.apply(h, weightHh.value(), biasHh == null ? null : biasHh.value());
  }

  /** W_hh h + b_hh of some gates only, from one to another, which is not among them. */
  Tensor fromHidden(Tensor h, int from, int to) {
    int first = from * hiddenSize;
    int end = to * hiddenSize;
    Tensor bias = biasHh == null ? null : biasHh.value().slice(0, first, end);
    return Linear.apply(h, weightHh.value().slice(0, first, end), bias);
  }

  /** One gate's columns of all gates side by side. */
  Tensor gate(Tensor all, int index) {
    return all.slice(-1, index * hiddenSize, (index + 1) * hiddenSize);
  }

  Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (Parameter p : new Parameter[] {weightIh, weightHh, biasIh, biasHh}) {
      if (p != null) {
        all.put(p.name(), p);
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** A state of zeros, [batch, hiddenSize]. */
  Tensor zeros(int batch) {
    return Tensor.filled(0, Shape.of(batch, hiddenSize), backend());
  }

  @Override
  public String toString() {
    return inputSize() + " → " + hiddenSize;
  }
}
