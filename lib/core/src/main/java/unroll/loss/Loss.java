package unroll.loss;

import unroll.tensor.Tensor;

/** How far a prediction is from its target, as one number to be made small. */
@FunctionalInterface
public interface Loss {

  /**
   * The mean over all elements, a scalar.
   *
   * @throws IllegalArgumentException if the shapes do not fit
   */
  Tensor of(Tensor prediction, Tensor target);

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
      if (!prediction.shape().equals(target.shape())) {
        throw new IllegalArgumentException(
            "meanSquaredError: prediction and target must have one shape, got %s and %s"
                .formatted(prediction.shape(), target.shape()));
      }
      Tensor difference = prediction.minus(target);
      return difference.times(difference).mean();
    };
  }
}
