package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Samples;
import unroll.autograd.Tape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * A run there and back, with every output, state and gradient as plain numbers. The loss weighs
 * every number of the output at the steps that a sequence has, and of the last state, by itself.
 *
 * @param output [time][batch][outputSize]
 * @param last what the layer shows at the end, [batch][outputSize]
 * @param states the parts of the last state
 * @param input the gradient by the input, [time][batch][inputSize]
 * @param initial the gradients by the parts of the initial state
 * @param parameters the gradients by the parameters
 */
record Ran(
    double[][][] output,
    double[][] last,
    List<Tensor> states,
    double[][][] input,
    List<Tensor> initial,
    Map<String, double[]> parameters) {

  static <S> Ran of(
      Subject<S> subject,
      SequenceLayer<S> layer,
      Tensor input,
      List<Parameter> initial,
      int[] lengths) {
    Parameter x = Parameter.of("input", input);
    try (Tape tape = Tape.open()) {
      Unrolled<S> run = layer.run(x.value(), subject.state(initial), lengths);
      List<Tensor> states = subject.parts().apply(run.state());
      Tensor loss = weighted(run.output()).plus(weighted(layer.last(run.state())));
      for (Tensor part : states) {
        loss = loss.plus(weighted(part).times(1.5));
      }
      Gradients gradients = tape.backward(loss);
      Map<String, double[]> parameters = new LinkedHashMap<>();
      layer
          .parameters()
          .forEach(
              (name, p) -> {
                Tensor g = gradients.of(p);
                parameters.put(name, g == null ? new double[p.shape().length()] : g.toArray());
              });
      return new Ran(
          steps(run.output()),
          rows(layer.last(run.state())),
          states.stream().map(Tensor::keep).toList(),
          steps(gradients.of(x)),
          initial.stream().map(p -> gradients.of(p).keep()).toList(),
          parameters);
    }
  }

  /** A loss that treats all sequences alike: an element counts by its step and its feature. */
  private static Tensor weighted(Tensor y) {
    double[] weights = new double[y.shape().length()];
    int features = y.size(-1);
    int batch = y.size(-2);
    Arrays.setAll(
        weights, i -> 1 + StrictMath.sin(3 * (i % features) + 5 * (i / (features * batch)) + 1));
    return y.times(Tensor.of(weights, y.shape(), y.backend())).sum();
  }

  private static double[][][] steps(Tensor x) {
    return x.unstack().stream().map(Ran::rows).toArray(double[][][]::new);
  }

  private static double[][] rows(Tensor x) {
    return x.unstack().stream().map(Tensor::toArray).toArray(double[][]::new);
  }

  /** Checks that sequence b of this batch is the only sequence of another, and silent past it. */
  void hasSequence(int b, int length, Ran alone, double tolerance) {
    for (int t = 0; t < output.length; t++) {
      if (t < length) {
        near("output " + t, output[t][b], alone.output[t][0], tolerance);
        near("gradient by input " + t, input[t][b], alone.input[t][0], tolerance);
      } else {
        assertThat(output[t][b]).as("output in padding").containsOnly(0);
        assertThat(input[t][b]).as("gradient by padding").containsOnly(0);
      }
    }
    near("last", last[b], alone.last[0], tolerance);
    for (int i = 0; i < states.size(); i++) {
      near("state", of(states.get(i), b), alone.states.get(i).toArray(), tolerance);
      near("gradient by start", of(initial.get(i), b), alone.initial.get(i).toArray(), tolerance);
    }
  }

  private static double[] of(Tensor part, int b) {
    return part.slice(-2, b, b + 1).toArray();
  }

  /** Checks that the gradients by the parameters are the sums of those of others. */
  void sumsUp(List<Ran> others, double tolerance) {
    parameters.forEach(
        (name, mine) -> {
          double[] sum = new double[mine.length];
          others.forEach(o -> Arrays.setAll(sum, i -> sum[i] + o.parameters.get(name)[i]));
          near("gradient by " + name, mine, sum, tolerance);
        });
  }

  /** Checks that all is the same to the bit up to the shorter of two paddings. */
  void isSameAs(Ran other) {
    for (int t = 0; t < Math.min(output.length, other.output.length); t++) {
      assertThat(output[t]).as("output " + t).isDeepEqualTo(other.output[t]);
      assertThat(input[t]).as("gradient by input " + t).isDeepEqualTo(other.input[t]);
    }
    assertThat(last).isDeepEqualTo(other.last);
    for (int i = 0; i < states.size(); i++) {
      assertThat(states.get(i).toArray()).containsExactly(other.states.get(i).toArray());
      assertThat(initial.get(i).toArray()).containsExactly(other.initial.get(i).toArray());
    }
    parameters.forEach(
        (name, g) -> assertThat(g).as(name).containsExactly(other.parameters.get(name)));
  }

  static void near(String what, double[] actual, double[] expected, double tolerance) {
    double scale = Arrays.stream(expected).map(Math::abs).reduce(1, Math::max);
    assertThat(actual)
        .as(what)
        .usingComparatorWithPrecision(tolerance * scale)
        .containsExactly(expected);
  }

  /** An input of some lengths, with a value in the padding. */
  static Tensor padded(Samples samples, int steps, double padding, int... lengths) {
    List<Tensor> sequences = new ArrayList<>();
    for (int length : lengths) {
      List<Tensor> parts = new ArrayList<>(List.of(samples.tensor(length, 1, Subject.INPUT)));
      Tensor rest = Tensors.zeros(steps - length, 1, Subject.INPUT);
      parts.add(padding == 0 ? rest : rest.plus(padding));
      sequences.add(Tensors.concat(0, parts));
    }
    return Tensors.concat(1, sequences);
  }
}
