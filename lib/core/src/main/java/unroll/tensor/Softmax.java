package unroll.tensor;

import java.util.Arrays;
import java.util.List;
import unroll.backend.Binary;
import unroll.backend.Unary;

/**
 * y[o, a, i] = m[o, a, i] e^x[o, a, i] / sum over b of m[o, b, i] e^x[o, b, i]. The inputs are x
 * and, if there is one, the mask m of zeros and ones.
 */
record Softmax(int axis) implements Operation {

  /** Below every number that counts; in float32 still finite. */
  private static final double NEVER = -1e30;

  static Softmax of(Tensor x, int axis, Tensor mask) {
    if (mask != null && !mask.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "softmax: mask must be %s as the scores, got %s".formatted(x.shape(), mask.shape()));
    }
    return new Softmax(x.shape().axis(axis));
  }

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public List<Tensor> forward(List<Tensor> inputs) {
    Tensor mask = inputs.size() == 2 ? inputs.get(1) : null;
    Tensor x = mask == null ? inputs.get(0) : without(inputs.get(0), mask);
    Tensor e = x.zip(Binary.SUBTRACT, Reductions.repeat(max(x), x.shape(), axis)).unary(Unary.EXP);
    if (mask != null) {
      e = e.zip(Binary.MULTIPLY, mask);
    }
    Tensor sum = Reductions.sum(e, axis);
    if (mask != null) { // the greatest counts e⁰, so only where nothing counts the sum is less
      sum = sum.zip(Binary.MAXIMUM, Tensor.filled(1, sum.shape(), sum.backend()));
    }
    return List.of(e.zip(Binary.DIVIDE, Reductions.repeat(sum, x.shape(), axis)));
  }

  @Override
  public List<Tensor> gradient(List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
    Tensor y = outputs.get(0);
    Tensor gy = gradients.get(0).zip(Binary.MULTIPLY, y);
    Tensor sum = Reductions.repeat(Reductions.sum(gy, axis), y.shape(), axis);
    Tensor[] found = new Tensor[inputs.size()];
    found[0] = gy.zip(Binary.SUBTRACT, y.zip(Binary.MULTIPLY, sum));
    return Arrays.asList(found);
  }

  /** x where the mask is one, elsewhere a number below all others. */
  private static Tensor without(Tensor x, Tensor mask) {
    return x.zip(Binary.MULTIPLY, mask).zip(Binary.ADD, mask.affine(-NEVER, NEVER));
  }

  private Tensor max(Tensor x) {
    Shape s = x.shape();
    Tensor out = Tensor.empty(s.with(axis, 1), x.backend());
    x.backend().max(s.outer(axis), s.size(axis), s.inner(axis), x.buffer(), out.buffer());
    return out;
  }
}
