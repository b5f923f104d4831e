package unroll.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import unroll.autograd.Parameter;
import unroll.backend.Buffer;

/** A copy of all parameters, on their own backends. */
final class Weights {

  private record Copy(Parameter parameter, Buffer buffer) {}

  private final List<Copy> copies = new ArrayList<>();

  Weights(Collection<Parameter> parameters) {
    for (Parameter p : parameters) {
      copies.add(new Copy(p, p.backend().allocate(p.shape().length())));
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

  private static void copy(Parameter parameter, Buffer from, Buffer to) {
    parameter.backend().copy(1, to.length(), from, 0, to, 0);
  }
}
