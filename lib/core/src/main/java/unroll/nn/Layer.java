package unroll.nn;

import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** A function of one tensor with parameters. Its {@code toString} names it and its sizes. */
public interface Layer extends Trainable {

  /**
   * Applies the layer.
   *
   * @throws IllegalArgumentException if the input's shape does not fit; the message says which
   *     would
   */
  Tensor apply(Tensor input);

  /** The size that the last axis of an input must have, or -1 if it takes any. */
  default int inputSize() {
    return -1;
  }

  /** The shape of the output for an input of this shape. */
  Shape outputShape(Shape input);
}
