package unroll.nn;

import unroll.backend.Backend;
import unroll.tensor.Generator;
import unroll.tensor.Recorder;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Dropout (Srivastava et al. 2014): in training each element is zero with probability p.
 *
 * <pre>
 * y = m x, with m = 0 with probability p, otherwise 1 / (1 - p); without a tape y = x
 * x, y  any shape
 * </pre>
 *
 * <p>It drops while a tape is open on the thread, that is while gradients are to be computed, and
 * then only: there is no mode to forget. The expectation of y is x. The numbers come from the
 * generator of the running training. The same as PyTorch's {@code nn.Dropout} in training mode.
 */
public final class Dropout implements Layer {

  private final double p;

  private Dropout(double p) {
    this.p = p;
  }

  /**
   * A layer.
   *
   * @param p the probability of zero, at least 0 and less than 1
   */
  public static Dropout of(double p) {
    return new Dropout(requireProbability("Dropout", p));
  }

  /** Refuses what is no probability of dropping. */
  public static double requireProbability(String where, double p) {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException(
          where + ": the probability must be at least 0 and less than 1, got " + p);
    }
    return p;
  }

  /** Whether something is dropped now: a tape is open on this thread, and it records. */
  public static boolean drops() {
    return Recorder.recording();
  }

  /**
   * A mask m to multiply by: for layers that apply one mask at several steps (Gal and Ghahramani
   * 2016). Draws whether or not a tape is open.
   */
  public static Tensor mask(double p, Shape shape, Backend backend) {
    Generator generator = generator();
    double kept = 1 / (1 - p);
    double[] mask = new double[shape.length()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = generator.nextFloat() < p ? 0 : kept;
    }
    Tensor out = Tensor.empty(shape, backend);
    backend.write(mask, out.buffer());
    return out;
  }

  private static Generator generator() {
    return Generator.current();
  }

  @Override
  public Tensor apply(Tensor input) {
    return p > 0 && drops() ? input.times(mask(p, input.shape(), input.backend())) : input;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public String toString() {
    return "Dropout " + p;
  }
}
