package unroll.nn;

import java.util.Map;
import unroll.autograd.Parameter;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Puts tensors into parameters of the same names. */
final class Loading {

  private Loading() {}

  static void load(Trainable whole, Map<String, Tensor> values) {
    String what = whole.getClass().getSimpleName() + ".load: ";
    Map<String, Parameter> parameters = whole.parameters();
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      Tensor tensor = values.get(entry.getKey());
      if (tensor == null) {
        throw new IllegalArgumentException(
            what
                + "no tensor for parameter '%s' %s; there are %s"
                    .formatted(entry.getKey(), entry.getValue().shape(), values.keySet()));
      }
      requireShape(what, entry.getKey(), entry.getValue().shape(), tensor.shape());
    }
    for (String name : values.keySet()) {
      if (!parameters.containsKey(name)) {
        throw new IllegalArgumentException(
            what
                + "no parameter for tensor '%s'; there are %s"
                    .formatted(name, parameters.keySet()));
      }
    }
    parameters.forEach((name, parameter) -> parameter.set(values.get(name).toArray()));
  }

  private static void requireShape(String what, String name, Shape expected, Shape actual) {
    if (!actual.equals(expected)) {
      boolean turned =
          expected.rank() == 2 && actual.equals(Shape.of(expected.size(1), expected.size(0)));
      throw new IllegalArgumentException(
          what
              + "tensor '%s' must be %s, got %s%s"
                  .formatted(name, expected, actual, turned ? "; transposed?" : ""));
    }
  }
}
