package unroll.autograd;

import unroll.backend.Backend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * A named tensor that an optimizer may change in place. {@link #value} always shows its present
 * numbers.
 */
public final class Parameter {

  private final String name;
  private final Tensor value;

  private Parameter(String name, Tensor value) {
    this.name = name;
    this.value = value;
  }

  /** A parameter that starts as a copy of a tensor, on its backend. */
  public static Parameter of(String name, Tensor initial) {
    return new Parameter(name, initial.keep().requiringGradient());
  }

  /** Its name within its layer, PyTorch's where that has one: {@code weight_ih_l0}. */
  public String name() {
    return name;
  }

  /** Its present numbers: a view that changes when an optimizer changes them. */
  public Tensor value() {
    return value;
  }

  /** The sizes of its axes. */
  public Shape shape() {
    return value.shape();
  }

  /** Where it lives. */
  public Backend backend() {
    return value.backend();
  }

  /**
   * Replaces its numbers.
   *
   * @throws IllegalArgumentException if their count is not its own
   */
  public void set(double[] numbers) {
    if (numbers.length != shape().length()) {
      throw new IllegalArgumentException(
          "Parameter.set: %s has shape %s, got %d numbers"
              .formatted(name, shape(), numbers.length));
    }
    backend().write(numbers, value.buffer());
  }

  @Override
  public String toString() {
    return name + " " + shape();
  }
}
