package unroll.nn;

import unroll.tensor.Shape;

/** How many numbers a unit of a matrix [outputs, inputs] joins. */
final class Fan {

  private Fan() {}

  /** The inputs. */
  static int in(String initializer, int[] sizes) {
    if (sizes.length != 2) {
      throw new IllegalArgumentException(
          "Initializer.%s: needs a matrix [outputs, inputs], got %s; a bias starts constant"
              .formatted(initializer, Shape.of(sizes)));
    }
    return sizes[1];
  }

  /** The outputs. */
  static int out(int[] sizes) {
    return sizes[0];
  }
}
