package unroll.loss;

import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Softmax with the cross-entropy of each row, -ln p[target]. */
final class CrossEntropyRows implements Operation.OfOne {

  private final int[] targets;
  private Tensor probabilities;

  private CrossEntropyRows(int[] targets) {
    this.targets = targets;
  }

  /**
   * The loss of each row.
   *
   * @param logits [..., classes]
   * @param targets one class a row; not changed from now on
   * @return [rows]
   */
  static Tensor of(Tensor logits, int[] targets) {
    return Operation.apply(new CrossEntropyRows(targets), logits);
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
