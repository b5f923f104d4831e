package unroll.optim;

import java.util.Collection;
import java.util.IdentityHashMap;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Buffer;

/** Memory for a moment, as large as the largest parameter; allocated when first asked for. */
final class Scratch {

  private final IdentityHashMap<Backend, Buffer> buffers = new IdentityHashMap<>();
  private final int length;

  Scratch(Collection<Parameter> parameters) {
    length = parameters.stream().mapToInt(p -> p.shape().length()).max().orElse(0);
  }

  /** As many numbers as a parameter has, on its backend; every caller gets the same. */
  Buffer of(Parameter parameter) {
    return buffers
        .computeIfAbsent(parameter.backend(), backend -> backend.allocate(length))
        .slice(0, parameter.shape().length());
  }
}
