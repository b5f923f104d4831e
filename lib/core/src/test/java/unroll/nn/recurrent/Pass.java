package unroll.nn.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.autograd.Tape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * What a layer makes of a sequence on its way there and back: every result and gradient by name.
 *
 * @param values output, last0, last1..., gradient input, gradient initial0..., gradient parameter
 */
record Pass(Map<String, double[]> values) {

  /** What counts in the loss, each element by its square. */
  enum Of {
    OUTPUT,
    LAST,
    BOTH
  }

  /** Runs a layer, split into runs of these lengths that hand their state on. */
  static <S> Pass of(
      SequenceLayer<S> layer,
      Parameter input,
      List<Parameter> initial,
      Function<List<Tensor>, S> state,
      Function<S, List<Tensor>> parts,
      Of loss,
      int... lengths) {
    Map<String, double[]> values = new LinkedHashMap<>();
    try (Tape tape = Tape.open()) {
      S now = state.apply(initial.stream().map(Parameter::value).toList());
      List<Tensor> outputs = new ArrayList<>();
      int from = 0;
      for (int length : lengths) {
        Unrolled<S> run = layer.run(input.value().slice(0, from, from + length), now);
        outputs.add(run.output());
        now = run.state();
        from += length;
      }
      Tensor output = Tensors.concat(0, outputs);
      values.put("output", output.toArray());
      Tensor total = Tensors.zeros();
      if (loss != Of.LAST) {
        total = total.plus(Tensors.square(output).sum());
      }
      List<Tensor> last = parts.apply(now);
      for (int i = 0; i < last.size(); i++) {
        values.put("last" + i, last.get(i).toArray());
        if (loss != Of.OUTPUT) {
          total = total.plus(Tensors.square(last.get(i)).sum().times(i + 1));
        }
      }
      Gradients gradients = tape.backward(total);
      values.put("gradient input", gradients.of(input).toArray());
      for (int i = 0; i < initial.size(); i++) {
        values.put("gradient initial" + i, gradients.of(initial.get(i)).toArray());
      }
      layer
          .parameters()
          .forEach((name, p) -> values.put("gradient " + name, gradients.of(p).toArray()));
    }
    return new Pass(values);
  }

  /** Checks that everything is the same up to an error relative to the largest magnitude. */
  void isCloseTo(Pass other, double tolerance) {
    assertThat(values.keySet()).isEqualTo(other.values.keySet());
    values.forEach(
        (name, mine) -> {
          double[] expected = other.values.get(name);
          double scale = Arrays.stream(expected).map(Math::abs).reduce(1, Math::max);
          assertThat(mine)
              .as(name)
              .usingComparatorWithPrecision(tolerance * scale)
              .containsExactly(expected);
        });
  }
}
