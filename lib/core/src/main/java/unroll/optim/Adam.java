package unroll.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import unroll.autograd.Gradients;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.tensor.Tensor;

/**
 * Adam (Kingma and Ba 2015): steps of even size, from running means of the gradient and its square.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g²
 * p = p - learningRate (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>beta1 = 0.9 and beta2 = 0.999 are how fast the means forget; epsilon = 1e-8 keeps the quotient
 * finite. The same as PyTorch's {@code Adam}, where epsilon too is added after the correction.
 */
public final class Adam implements Optimizer {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final List<Moments> moments = new ArrayList<>();
  private double learningRate;

  /** The running means of one parameter and t, the steps that it has made. */
  private static final class Moments {
    final Parameter parameter;
    final Buffer first;
    final Buffer second;
    int steps;

    Moments(Parameter parameter) {
      this.parameter = parameter;
      this.first = zeros(parameter);
      this.second = zeros(parameter);
    }
  }

  private Adam(Collection<Parameter> parameters, double rate) {
    learningRate(rate);
    for (Parameter p : parameters) {
      moments.add(new Moments(p));
    }
  }

  /** An optimizer of these parameters; 1e-3 is a usual learning rate. */
  public static Adam of(Collection<Parameter> parameters, double learningRate) {
    return new Adam(parameters, learningRate);
  }

  /** Changes the learning rate from the next step on. */
  public void learningRate(double rate) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("Adam: learningRate must be positive, got " + rate);
    }
    learningRate = rate;
  }

  private static Buffer zeros(Parameter parameter) {
    Buffer buffer = parameter.backend().allocate(parameter.shape().length());
    parameter.backend().fill(buffer, 0);
    return buffer;
  }

  @Override
  public void step(Gradients gradients, double scale) {
    for (Moments m : moments) {
      Tensor gradient = gradients.of(m.parameter);
      if (gradient != null) {
        step(m, scale == 1 ? gradient : gradient.detach().times(scale));
      }
    }
  }

  private void step(Moments m, Tensor gradient) {
    m.steps++;
    Backend backend = m.parameter.backend();
    backend.adam(
        m.parameter.value().buffer(),
        gradient.buffer(),
        m.first,
        m.second,
        learningRate / (1 - StrictMath.pow(BETA1, m.steps)),
        BETA1,
        BETA2,
        1 - StrictMath.pow(BETA2, m.steps),
        EPSILON);
  }
}
