package unroll.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import unroll.autograd.Parameter;
import unroll.autograd.ParameterBuffer;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Numbers that are kept beside each parameter, on its backend and as many: running means, averages.
 * A checkpoint calls them by the parameter's place and their kind: {@code 3.exp_avg}.
 */
final class ParameterMemory {

  private final List<Parameter> parameters;
  private final List<String> kinds;
  private final Map<String, ParameterBuffer> buffers = new LinkedHashMap<>();

  /** Zeros. */
  ParameterMemory(Collection<Parameter> parameters, List<String> kinds) {
    this.parameters = new ArrayList<>(parameters);
    this.kinds = kinds;
    for (int i = 0; i < parameters.size(); i++) {
      for (String kind : kinds) {
        ParameterBuffer zeros = new ParameterBuffer(parameter(i));
        parameter(i).backend().fill(zeros.buffer(), 0);
        buffers.put(name(i, kind), zeros);
      }
    }
  }

  private static String name(int parameter, String kind) {
    return parameter + "." + kind;
  }

  Parameter parameter(int index) {
    return parameters.get(index);
  }

  /** The numbers of each kind beside a parameter. */
  List<ParameterBuffer> of(int parameter) {
    return kinds.stream().map(kind -> buffers.get(name(parameter, kind))).toList();
  }

  /** A copy of all numbers, by name. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      for (String kind : kinds) {
        state.put(name(i, kind), buffers.get(name(i, kind)).tensor().keep());
      }
    }
    return state;
  }

  /**
   * Refuses a state that is not of these parameters, or has not the others that its owner expects.
   */
  void check(String operation, Map<String, Tensor> state, Map<String, Shape> others) {
    Map<String, Shape> expected = new LinkedHashMap<>(others);
    for (int i = 0; i < parameters.size(); i++) {
      for (String kind : kinds) {
        expected.put(name(i, kind), parameter(i).shape());
      }
    }
    refuse(operation, "lacks", expected.keySet(), state.keySet());
    refuse(operation, "has an unknown", state.keySet(), expected.keySet());
    expected.forEach(
        (name, shape) -> {
          if (!state.get(name).shape().equals(shape)) {
            throw new IllegalArgumentException(
                "%s: %s must be %s, got %s; a state of another model?"
                    .formatted(operation, name, shape, state.get(name).shape()));
          }
        });
  }

  private static void refuse(
      String operation, String what, Collection<String> some, Collection<String> others) {
    TreeSet<String> missing = new TreeSet<>(some);
    missing.removeAll(others);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: the state %s %s; is it of another optimizer or model?"
              .formatted(operation, what, missing.first()));
    }
  }

  /** Takes the numbers of a state that has been checked. */
  void load(Map<String, Tensor> state) {
    for (int i = 0; i < parameters.size(); i++) {
      for (String kind : kinds) {
        double[] numbers = state.get(name(i, kind)).toArray();
        parameter(i).backend().write(numbers, buffers.get(name(i, kind)).buffer());
      }
    }
  }
}
