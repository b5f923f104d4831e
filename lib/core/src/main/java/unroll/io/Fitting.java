package unroll.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Precision;
import unroll.nn.Trainable;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Checks that stored tensors are the weights of a network, before any of them is put there. */
final class Fitting {

  private final String source;
  private final Trainable model;

  private Fitting(String source, Trainable model) {
    this.source = source;
    this.model = model;
  }

  /** A tensor for every parameter, by its name. */
  static Map<String, Tensor> fit(
      String source, Map<String, StoredTensor> tensors, Trainable model) {
    Fitting fitting = new Fitting(source, model);
    Map<String, Parameter> parameters = model.parameters();
    fitting.requireSameNames(tensors, parameters);
    Map<String, double[]> numbers = new LinkedHashMap<>();
    parameters.forEach((name, p) -> numbers.put(name, fitting.numbers(name, tensors.get(name), p)));
    Map<String, Tensor> fitted = new LinkedHashMap<>();
    numbers.forEach(
        (name, values) -> {
          Parameter p = parameters.get(name);
          fitted.put(name, Tensor.of(values, p.shape(), p.backend()));
        });
    return fitted;
  }

  private void requireSameNames(
      Map<String, StoredTensor> tensors, Map<String, Parameter> parameters) {
    List<String> superfluous = new ArrayList<>(tensors.keySet());
    superfluous.removeAll(parameters.keySet());
    List<String> missing = new ArrayList<>(parameters.keySet());
    missing.removeAll(tensors.keySet());
    if (!missing.isEmpty()) {
      String name = missing.get(0);
      throw bad(
          "no tensor for parameter %s %s; tensors without a parameter are %s. If only names differ: rename"
              .formatted(
                  Quoted.name(name), parameters.get(name).shape(), Quoted.names(superfluous)));
    }
    if (!superfluous.isEmpty()) {
      String name = superfluous.get(0);
      throw bad(
          "%s is superfluous: there are parameters %s. If it is not needed: without(%s)"
              .formatted(
                  describe(name, tensors.get(name)),
                  Quoted.names(parameters.keySet()),
                  Quoted.name(name)));
    }
  }

  private double[] numbers(String name, StoredTensor tensor, Parameter parameter) {
    if (tensor.dtype().isInteger()) {
      throw bad(
          "%s holds %s; weights are F64, F32, F16 or BF16"
              .formatted(describe(name, tensor), tensor.dtype()));
    }
    Shape expected = parameter.shape();
    int[] actual = tensor.shape();
    if (!Arrays.equals(actual, expected.sizes())) {
      boolean turned =
          expected.rank() == 2
              && Arrays.equals(actual, new int[] {expected.size(1), expected.size(0)});
      throw bad(
          "%s must be %s, got %s%s"
              .formatted(
                  describe(name, tensor),
                  expected,
                  Arrays.toString(actual),
                  turned ? "; transposed?" : ""));
    }
    double[] values = tensor.doubles();
    if (parameter.backend().precision() == Precision.FLOAT32) {
      for (double value : values) {
        if (Float.isInfinite((float) value) && !Double.isInfinite(value)) {
          throw bad(
              "%s holds %s, which is too large for single precision"
                  .formatted(describe(name, tensor), value));
        }
      }
    }
    return values;
  }

  private static String describe(String name, StoredTensor tensor) {
    String own = "tensor " + Quoted.name(tensor.name());
    return name.equals(tensor.name()) ? own : own + ", here called " + Quoted.name(name) + ",";
  }

  private IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(
        "Weights.into(%s): %s: %s".formatted(model.getClass().getSimpleName(), source, what));
  }
}
