package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import unroll.autograd.GradientCheck;
import unroll.autograd.Parameter;
import unroll.backend.Backends;
import unroll.backend.Precision;
import unroll.kernel.display.MimeBundle;
import unroll.nn.Layer;
import unroll.nn.Trainable;
import unroll.nn.recurrent.Recurrent;
import unroll.nn.recurrent.RecurrentCell;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** {@code %gradcheck}: whether gradients are right. */
final class GradCheckMagic {
  private static final int TIME = 3;
  private static final int BATCH = 2;
  private static final int LARGEST_INPUT = 1_024;

  private GradCheckMagic() {}

  static Magic magic() {
    return new Magic(
        "gradcheck",
        "%gradcheck EXPRESSION",
        "Compares the gradients of a layer or cell with finite differences, in double precision.",
        "EXPRESSION makes a layer, or a recurrent cell of one's own; it is evaluated on the backend"
            + " ejml, so that it has to be made anew and not the name of a variable. The input is"
            + " drawn: 3 steps of time, 2 sequences. The gradients of all parameters and of the"
            + " input are checked. An error of up to 1e-6 passes.",
        "%gradcheck Lstm.of(4, 3)",
        (call, context) -> {
          if (call.text().isEmpty()) {
            throw new MagicException("expected an expression that makes a layer or a cell");
          }
          Variables.requireKnown(context, call.text());
          return inDouble(() -> context.value(call.text()));
        },
        Completion.none());
  }

  /** Makes a layer or cell on the double-precision backend and checks it there. */
  static MimeBundle inDouble(Callable<?> maker) throws Exception {
    var before = Backends.current().name();
    Backends.use("ejml");
    try {
      return words(check(maker.call()));
    } finally {
      Backends.use(before);
    }
  }

  private static GradientCheck.Result check(Object made) {
    var layer = layer(made);
    for (var parameter : layer.parameters().values()) {
      if (parameter.backend().precision() != Precision.FLOAT64) {
        throw new MagicException(
            "its parameters are in single precision, on %s; write the expression that makes it, such as new MyCell(…)"
                .formatted(parameter.backend().name()));
      }
    }
    var generator = Generator.of(1);
    var input = Parameter.of("input", drawn(generator, TIME, BATCH, inputSize(layer)));
    var probe = drawn(generator, layer.apply(input.value()).shape().sizes());
    var parameters = new ArrayList<>(layer.parameters().values());
    parameters.add(input);
    Supplier<Tensor> loss =
        () -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("stopped by its user");
          }
          return layer.apply(input.value()).times(probe).sum();
        };
    return GradientCheck.check(parameters, loss);
  }

  private static Layer layer(Object made) {
    if (made instanceof Layer layer) {
      return layer;
    }
    if (made instanceof RecurrentCell<?> cell) {
      return Recurrent.over(cell);
    }
    var kind = made == null ? "null" : "a " + made.getClass().getSimpleName();
    var more = made instanceof Trainable ? "; check its layers one by one" : "";
    throw new MagicException("expected a layer or a recurrent cell, got " + kind + more);
  }

  /** The size that the layer takes; the first that it does not refuse, where it does not say. */
  private static int inputSize(Layer layer) {
    if (layer.inputSize() > 0) {
      return layer.inputSize();
    }
    RuntimeException refusal = null;
    for (int size = 1; size <= LARGEST_INPUT; size++) {
      refusal = refusal(layer, size);
      if (refusal == null) {
        return size;
      }
    }
    throw new MagicException("it takes no input of any size: " + refusal.getMessage());
  }

  private static RuntimeException refusal(Layer layer, int size) {
    try {
      var output = layer.apply(drawn(Generator.of(1), 1, 1, size));
      return output == null ? new IllegalArgumentException("the output is null") : null;
    } catch (IllegalArgumentException wrongSize) {
      return wrongSize;
    }
  }

  private static Tensor drawn(Generator generator, int... shape) {
    int length = 1;
    for (int size : shape) {
      length *= size;
    }
    var values = new double[length];
    generator.fillNormal(values, 0, 1);
    return Tensor.of(values, shape);
  }

  private static MimeBundle words(GradientCheck.Result worst) {
    var error = String.format(Locale.ROOT, "%.1e", worst.error());
    return MimeBundle.text(
        worst.passes()
            ? error + ", passes"
            : "%s, FAILS: the gradient of %s at element %d is %s, finite differences say %s"
                .formatted(
                    error,
                    worst.parameter(),
                    worst.index(),
                    number(worst.actual()),
                    number(worst.expected())));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
