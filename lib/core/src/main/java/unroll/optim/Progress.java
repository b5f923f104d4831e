package unroll.optim;

import java.util.List;

/**
 * How far a training has come: what a {@link Schedule} depends on.
 *
 * @param step the steps made so far, over all epochs; 0 before the first
 * @param epoch the passes through the training part made so far, parts of one included: 1.5 in the
 *     middle of the second
 * @param epochs how many passes there will be, at most
 * @param validationLosses the validation loss after each completed epoch, the first one first; NaN
 *     where there was none
 */
public record Progress(long step, double epoch, int epochs, List<Double> validationLosses) {

  /** Checks the numbers. */
  public Progress {
    if (step < 0 || !(epoch >= 0) || epochs < 1) {
      throw new IllegalArgumentException(
          "Progress: step and epoch must not be negative, epochs at least 1; got %d, %s and %d"
              .formatted(step, epoch, epochs));
    }
    validationLosses = List.copyOf(validationLosses);
  }

  /** The part of the epochs that is done, from 0 to 1. */
  public double part() {
    return Math.min(1, epoch / epochs);
  }
}
