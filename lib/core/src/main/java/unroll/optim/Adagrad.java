package unroll.optim;

import java.util.Collection;
import java.util.List;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Unary;

/**
 * Adagrad (Duchi et al. 2011): the gradient over the root of the sum of all its squares. Rare
 * features keep long steps; all steps become shorter with time.
 *
 * <pre>
 * v = v + g²
 * p = p - learningRate g / (sqrt(v) + epsilon)
 * </pre>
 *
 * <p>The same as PyTorch's {@code Adagrad} without learning rate decay, for which there is {@link
 * Schedule}. A usual learning rate is 1e-2.
 *
 * @param epsilon keeps the quotient finite; the default is 1e-10
 */
public record Adagrad(double epsilon) implements OptimizerFactory {

  private static final List<String> KINDS = List.of("sum");

  /** Checks the settings. */
  public Adagrad {
    Settings.requirePositive("Adagrad", "epsilon", epsilon);
  }

  /** The default settings. */
  public static Adagrad defaults() {
    return new Adagrad(1e-10);
  }

  @Override
  public Optimizer of(Collection<Parameter> parameters, double learningRate) {
    return new EachParameter("Adagrad", parameters, learningRate, KINDS, this::step);
  }

  private void step(EachParameter.Site at, double learningRate) {
    Backend backend = at.backend();
    Buffer g = at.gradient();
    Buffer v = at.kept(0);
    Buffer u = at.scratch();
    backend.map(Unary.SQUARE, g, u);
    backend.addScaled(1, u, v);
    backend.map(Unary.SQRT, v, u);
    backend.affine(1, u, epsilon, u);
    backend.zip(Binary.DIVIDE, g, u, u);
    backend.addScaled(-learningRate, u, at.value());
  }
}
