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
  private volatile Tensor value;

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
    requireCount("Parameter.set", numbers);
    backend().write(numbers, value.buffer());
  }

  /**
   * Moves it to another backend, in place: whoever holds the parameter finds it there. Not while a
   * tape is open that has seen it.
   */
  public void to(Backend other) {
    if (other != backend()) {
      place(value.toArray(), other);
    }
  }

  /**
   * Puts it on a backend with these numbers. What it was before is not read, so its device may be
   * lost.
   *
   * @throws IllegalArgumentException if their count is not its own
   */
  public void place(double[] numbers, Backend other) {
    requireCount("Parameter.place", numbers);
    value = Tensor.of(numbers, shape(), other).requiringGradient();
  }

  private void requireCount(String operation, double[] numbers) {
    if (numbers.length != shape().length()) {
      throw new IllegalArgumentException(
          "%s: %s has shape %s, got %d numbers"
              .formatted(operation, name, shape(), numbers.length));
    }
  }

  @Override
  public String toString() {
    return name + " " + shape();
  }
}
