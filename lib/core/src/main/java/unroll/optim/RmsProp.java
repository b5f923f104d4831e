package unroll.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Unary;

/**
 * RMSProp (Tieleman and Hinton 2012): the gradient over the root of a running mean of its square.
 * Centred and with momentum it is what Graves (2013) trained his LSTMs with.
 *
 * <pre>
 * v = alpha v + (1 - alpha) g²
 * a = alpha a + (1 - alpha) g               where centred, otherwise 0
 * u = g / (sqrt(v - a²) + epsilon)
 * m = momentum m + u
 * p = p - learningRate m                    without momentum, p - learningRate u
 * </pre>
 *
 * <p>The same as PyTorch's {@code RMSprop}; where float32 lets v - a² fall below zero, which makes
 * PyTorch's step NaN, it counts as zero. A usual learning rate is 1e-3.
 *
 * @param alpha how much of v and a is kept; the default is 0.99
 * @param epsilon keeps the quotient finite; the default is 1e-8
 * @param momentum how much of m is kept; the default is 0, none
 * @param subtractsMean whether it is centred; the default is no
 */
public record RmsProp(double alpha, double epsilon, double momentum, boolean subtractsMean)
    implements OptimizerFactory {

  /** Checks the settings. */
  public RmsProp {
    Settings.requireBelowOne("RmsProp", "alpha", alpha);
    Settings.requireNotNegative("RmsProp", "epsilon", epsilon);
    Settings.requireBelowOne("RmsProp", "momentum", momentum);
  }

  /** The default settings. */
  public static RmsProp defaults() {
    return new RmsProp(0.99, 1e-8, 0, false);
  }

  /** The same settings with another alpha. */
  public RmsProp alpha(double other) {
    return new RmsProp(other, epsilon, momentum, subtractsMean);
  }

  /** The same settings with another epsilon. */
  public RmsProp epsilon(double other) {
    return new RmsProp(alpha, other, momentum, subtractsMean);
  }

  /** The same settings with momentum. */
  public RmsProp momentum(double other) {
    return new RmsProp(alpha, epsilon, other, subtractsMean);
  }

  /** The same settings, centred: the square of the mean gradient is subtracted. */
  public RmsProp centred() {
    return new RmsProp(alpha, epsilon, momentum, true);
  }

  @Override
  public Optimizer of(Collection<Parameter> parameters, double learningRate) {
    List<String> kinds = new ArrayList<>(List.of("square_avg"));
    if (subtractsMean) {
      kinds.add("grad_avg");
    }
    if (momentum != 0) {
      kinds.add("momentum_buffer");
    }
    return new EachParameter("RmsProp", parameters, learningRate, kinds, this::step);
  }

  private void step(EachParameter.Site at, double learningRate) {
    Backend backend = at.backend();
    Buffer g = at.gradient();
    Buffer v = at.kept(0);
    Buffer u = at.scratch();
    backend.map(Unary.SQUARE, g, u);
    mix(backend, u, v);
    if (subtractsMean) {
      Buffer a = at.kept(1);
      mix(backend, g, a);
      backend.map(Unary.SQUARE, a, u);
      backend.zip(Binary.SUBTRACT, v, u, u);
      backend.map(Unary.RELU, u, u);
      backend.map(Unary.SQRT, u, u);
    } else {
      backend.map(Unary.SQRT, v, u);
    }
    backend.affine(1, u, epsilon, u);
    backend.zip(Binary.DIVIDE, g, u, u);
    Buffer direction = u;
    if (momentum != 0) {
      direction = at.kept(subtractsMean ? 2 : 1);
      backend.affine(momentum, direction, 0, direction);
      backend.addScaled(1, u, direction);
    }
    backend.addScaled(-learningRate, direction, at.value());
  }

  /** mean = alpha mean + (1 - alpha) x. */
  private void mix(Backend backend, Buffer x, Buffer mean) {
    backend.affine(alpha, mean, 0, mean);
    backend.addScaled(1 - alpha, x, mean);
  }
}
