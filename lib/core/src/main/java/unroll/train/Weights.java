package unroll.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.autograd.ParameterBuffer;
import unroll.backend.Buffer;
import unroll.tensor.Tensor;

/** A copy of all parameters, on their own backends. */
final class Weights {

  private record Copy(Parameter parameter, ParameterBuffer numbers) {
    Buffer buffer() {
      return numbers.buffer();
    }
  }

  private final List<Copy> copies = new ArrayList<>();

  Weights(Collection<Parameter> parameters) {
    for (Parameter p : parameters) {
      copies.add(new Copy(p, new ParameterBuffer(p)));
    }
    take();
  }

  /** Copies the present weights here. */
  void take() {
    for (Copy c : copies) {
      copy(c.parameter(), c.parameter().value().buffer(), c.buffer());
    }
  }

  /** Copies these weights back. */
  void restore() {
    for (Copy c : copies) {
      copy(c.parameter(), c.buffer(), c.parameter().value().buffer());
    }
  }

  /** The copies themselves, by the parameters' places. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Copy c : copies) {
      tensors.put(String.valueOf(tensors.size()), c.numbers().tensor());
    }
    return tensors;
  }

  /** Takes over copies from {@link #tensors} of the same parameters. */
  void load(Map<String, Tensor> tensors) {
    for (int i = 0; i < copies.size(); i++) {
      Copy c = copies.get(i);
      copy(c.parameter(), tensors.get(String.valueOf(i)).buffer(), c.buffer());
    }
  }

  private static void copy(Parameter parameter, Buffer from, Buffer to) {
    parameter.backend().copy(1, to.length(), from, 0, to, 0);
  }
}
