package unroll.loss;

import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Softmax with cross-entropy: how surprised a classifier is at the right class.
 *
 * <pre>
 * p = softmax(logits)
 * L = mean over all rows of -ln p[target]
 * logits   [..., classes]
 * targets  one class a row, from 0 to classes - 1
 * </pre>
 *
 * <p>In nats. The same as PyTorch's {@code CrossEntropyLoss}.
 */
public final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * The mean over all rows, a scalar.
   *
   * @throws IllegalArgumentException if there is not one target a row, or a target is no class
   */
  public static Tensor of(Tensor logits, int... targets) {
    int classes = logits.size(-1);
    if (logits.shape().length() != (long) targets.length * classes) {
      throw new IllegalArgumentException(
          "crossEntropy: logits %s need one target a row, got %d"
              .formatted(logits.shape(), targets.length));
    }
    for (int target : targets) {
      if (target < 0 || target >= classes) {
        throw new IllegalArgumentException(
            "crossEntropy: targets must be from 0 to %d, got %d".formatted(classes - 1, target));
      }
    }
    return Operation.apply(new Rows(targets.clone()), logits).mean();
  }

  /** The loss of each row. */
  private static final class Rows implements Operation.OfOne {

    private final int[] targets;
    private Tensor probabilities;

    Rows(int[] targets) {
      this.targets = targets;
    }

    @Override
    public String name() {
      return "crossEntropy";
    }

    @Override
    public Tensor forward(Tensor logits) {
      Tensor losses = Tensor.empty(Shape.of(targets.length), logits.backend());
      probabilities = Tensor.empty(logits.shape(), logits.backend());
      logits
          .backend()
          .softmaxCrossEntropy(
              targets.length,
              logits.size(-1),
              logits.buffer(),
              targets,
              losses.buffer(),
              probabilities.buffer());
      return losses;
    }

    @Override
    public Tensor gradient(Tensor logits, Tensor losses, Tensor g) {
      Tensor out = Tensor.empty(logits.shape(), logits.backend());
      logits
          .backend()
          .softmaxCrossEntropyGradient(
              targets.length,
              logits.size(-1),
              probabilities.buffer(),
              targets,
              g.buffer(),
              out.buffer());
      return out;
    }
  }
}
