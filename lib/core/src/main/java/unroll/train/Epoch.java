package unroll.train;

/**
 * One pass through the training part.
 *
 * @param number from 1
 * @param loss the mean training loss, while the weights were changing
 * @param validationLoss the loss on the validation part afterwards; NaN where there is none
 * @param gradientNorm the mean global norm of the gradients before clipping
 * @param learningRate of its last step
 */
public record Epoch(
    int number, double loss, double validationLoss, double gradientNorm, double learningRate) {

  /** What training tries to make small: the validation loss, or the training loss without one. */
  public double score() {
    return Double.isNaN(validationLoss) ? loss : validationLoss;
  }
}
