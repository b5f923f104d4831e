package unroll.autograd;

import java.util.List;
import java.util.function.Supplier;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Compares gradients with central differences, (f(x + h) - f(x - h)) / 2h. Meaningful in double
 * precision only. The {@linkplain Generator#current current generator} starts every evaluation from
 * the same state, so that layers with dropout can be checked: each drops the same elements again.
 */
public final class GradientCheck {

  private static final double STEP = 1e-5;

  private GradientCheck() {}

  /**
   * The largest error found.
   *
   * @param parameter whose gradient it is
   * @param index the element within the parameter, row major
   * @param expected the central difference
   * @param actual the gradient from the tape
   * @param error |expected - actual| over the larger of 1 and their magnitudes; NaN if one of them
   *     is no number
   */
  public record Result(String parameter, int index, double expected, double actual, double error) {

    /** Whether the error is at most 1e-6. */
    public boolean passes() {
      return error <= 1e-6;
    }
  }

  /**
   * Checks the gradient of a loss by every element of some parameters.
   *
   * @param parameters on a float64 backend; they are changed for a moment and put back
   * @param loss computes the loss, a tensor of one element, from their present values
   * @throws IllegalArgumentException if there are no parameters, or one lives on a backend with
   *     float32
   */
  public static Result check(List<Parameter> parameters, Supplier<Tensor> loss) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("GradientCheck: there is no parameter to check");
    }
    Generator generator = Generator.current();
    Generator.State state = generator.state();
    Supplier<Tensor> same =
        () -> {
          generator.restore(state);
          return loss.get();
        };
    return compare(parameters, same);
  }

  private static Result compare(List<Parameter> parameters, Supplier<Tensor> loss) {
    Result worst = new Result("", 0, 0, 0, 0);
    try (Tape tape = Tape.open()) {
      Gradients gradients = tape.backward(loss.get());
      for (Parameter parameter : parameters) {
        if (parameter.backend().precision().bytes() < 8) {
          throw new IllegalArgumentException(
              "GradientCheck: %s lives on %s, which is float32; use the ejml backend"
                  .formatted(parameter.name(), parameter.backend().name()));
        }
        Tensor gradient = gradients.of(parameter);
        double[] actual =
            gradient == null ? new double[parameter.shape().length()] : gradient.toArray();
        for (int i = 0; i < actual.length; i++) {
          double expected = difference(parameter, i, loss);
          double scale = Math.max(1, Math.max(Math.abs(expected), Math.abs(actual[i])));
          double error = Math.abs(expected - actual[i]) / scale;
          if (Double.isNaN(error)) {
            return new Result(parameter.name(), i, expected, actual[i], error);
          }
          if (error > worst.error()) {
            worst = new Result(parameter.name(), i, expected, actual[i], error);
          }
        }
      }
    }
    return worst;
  }

  private static double difference(Parameter parameter, int index, Supplier<Tensor> loss) {
    double[] values = parameter.value().toArray();
    double original = values[index];
    try {
      return (at(parameter, values, index, original + STEP, loss)
              - at(parameter, values, index, original - STEP, loss))
          / (2 * STEP);
    } finally {
      values[index] = original;
      parameter.set(values);
    }
  }

  private static double at(
      Parameter parameter, double[] values, int index, double value, Supplier<Tensor> loss) {
    values[index] = value;
    parameter.set(values);
    try (Tape scratch = Tape.open()) {
      return loss.get().item();
    }
  }
}
