package unroll.train;

/**
 * Where the first number that is none arose in a training.
 *
 * @param epoch from 1
 * @param step of the whole training, from 1
 * @param value what became of it, such as {@code the loss became NaN}
 * @param layer the layer where it arose, by its place and name; empty where it is not known
 * @param gate the gate by its letter in the layer's equations, or the parameter; empty where it is
 *     not known
 * @param timeStep the step of time, from 1; 0 where there is none or it is not known
 * @param gradient whether it arose on the way back, in a gradient
 * @param mend what is likely to help
 */
public record Divergence(
    int epoch,
    long step,
    String value,
    String layer,
    String gate,
    int timeStep,
    boolean gradient,
    String mend) {

  static Divergence ofValidation(int epoch, long step, double value) {
    return new Divergence(
        epoch,
        step,
        "the validation loss became " + word(value),
        "",
        "",
        0,
        false,
        "look for validation data that differs from the training part; lower the learning rate");
  }

  /** An infinity or NaN as people write it. */
  static String word(double value) {
    return Double.isNaN(value) ? "NaN" : value > 0 ? "infinite" : "minus infinity";
  }

  /** Where it arose, without the mend. */
  public String place() {
    if (layer.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(gradient ? "first in the gradient of " : "first in ");
    text.append(gate.isEmpty() ? "" : gate + " of ").append(layer);
    return timeStep > 0 ? text.append(" at time step ").append(timeStep).toString() : text + "";
  }

  /** All of it in a line. */
  @Override
  public String toString() {
    String place = place();
    return value + (place.isEmpty() ? "" : ", " + place) + "; " + mend;
  }
}
