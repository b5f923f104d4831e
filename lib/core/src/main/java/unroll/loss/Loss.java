package unroll.loss;

import unroll.tensor.Operation;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * How far a prediction is from its target, as one number to be made small. Losses over classes are
 * {@link CrossEntropy} and {@link Ctc}.
 */
@FunctionalInterface
public interface Loss {

  /**
   * The mean over all elements, a scalar; of none, NaN.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   */
  Tensor of(Tensor prediction, Tensor target);

  /**
   * The mean over the elements that a mask leaves, a scalar: the same as without the others.
   *
   * @param mask ones and zeros, shaped like the prediction or its first axes ([time, batch] for
   *     sequences); null for no mask
   * @throws IllegalArgumentException if the shapes do not fit, or the mask leaves nothing
   */
  default Tensor of(Tensor prediction, Tensor target, Tensor mask) {
    return mask == null
        ? of(prediction, target)
        : of(Mask.select(prediction, mask), Mask.select(target, mask));
  }

  /**
   * Mean squared error.
   *
   * <pre>
   * L = mean over all elements of (prediction - target)²
   * prediction, target  any shape, the same for both
   * </pre>
   *
   * <p>In squared units of the target. The same as PyTorch's {@code MSELoss}.
   */
  static Loss meanSquaredError() {
    return (prediction, target) -> {
      Tensor difference = difference("meanSquaredError", prediction, target);
      return difference.times(difference).mean();
    };
  }

  /**
   * Mean absolute error: outliers pull no harder than others.
   *
   * <pre>
   * L = mean over all elements of |prediction - target|
   * prediction, target  any shape, the same for both
   * </pre>
   *
   * <p>In units of the target; the gradient is zero where they are equal. The same as PyTorch's
   * {@code L1Loss}.
   */
  static Loss meanAbsoluteError() {
    return (prediction, target) ->
        Tensors.abs(difference("meanAbsoluteError", prediction, target)).mean();
  }

  /**
   * Huber's loss (1964): squared for small differences, straight for large ones.
   *
   * <pre>
   * d = |prediction - target|
   * L = mean over all elements of d² / 2 where d &lt;= delta, otherwise delta (d - delta / 2)
   * prediction, target  any shape, the same for both
   * </pre>
   *
   * <p>In squared units of the target, delta in units of the target. The same as PyTorch's {@code
   * HuberLoss}.
   *
   * @param delta where the loss becomes straight, positive; PyTorch's default is 1
   */
  static Loss huber(double delta) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException("huber: delta must be positive, got " + delta);
    }
    return (prediction, target) -> {
      Tensor d = Tensors.abs(difference("huber", prediction, target));
      Tensor bound = Tensor.filled(-delta, d.shape(), d.backend());
      Tensor near = d.negate().max(bound).negate(); // min(d, delta)
      return near.times(d.minus(near.times(0.5))).mean();
    };
  }

  /**
   * Binary cross-entropy: how surprised a yes-or-no classifier is at the right answers.
   *
   * <pre>
   * p = sigmoid(prediction)
   * L = mean over all elements of -(target ln p + (1 - target) ln(1 - p))
   * prediction, target  any shape, the same for both; the prediction in logits, the target from 0 to 1
   * </pre>
   *
   * <p>In nats, and computed without overflow for any logit. The same as PyTorch's {@code
   * BCEWithLogitsLoss}.
   */
  static Loss binaryCrossEntropy() {
    return (prediction, target) -> {
      requireOneShape("binaryCrossEntropy", prediction, target);
      return Operation.apply(new BinaryCrossEntropy(), prediction, target).mean();
    };
  }

  private static Tensor difference(String loss, Tensor prediction, Tensor target) {
    requireOneShape(loss, prediction, target);
    return prediction.minus(target);
  }

  private static void requireOneShape(String loss, Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          "%s: prediction and target must have one shape, got %s and %s"
              .formatted(loss, prediction.shape(), target.shape()));
    }
  }
}
