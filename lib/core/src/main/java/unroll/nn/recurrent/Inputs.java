package unroll.nn.recurrent;

import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Checks shapes and says what would have fitted. */
final class Inputs {

  private Inputs() {}

  static void requireSequence(Object layer, Tensor input) {
    if (input.shape().rank() != 3 || input.size(0) < 1) {
      throw new IllegalArgumentException(
          "%s: input must be [time, batch, features] with time at least 1, got %s"
              .formatted(layer, input.shape()));
    }
  }

  static void requireSequence(Object layer, Tensor input, int inputSize) {
    requireSequence(layer, input);
    if (input.size(2) != inputSize) {
      throw new IllegalArgumentException(
          "%s: input must be [time, batch, %d], got %s".formatted(layer, inputSize, input.shape()));
    }
  }

  /** A step's input [batch, inputSize] and state [batch, hiddenSize]. */
  static void requireStep(String cell, Tensor input, int inputSize, Tensor state, int hiddenSize) {
    requireInput(cell + ".step", input, inputSize);
    requireState(cell + ".step", state, input.size(0), hiddenSize);
  }

  /** An input [batch, inputSize]. */
  static void requireInput(String where, Tensor input, int inputSize) {
    Shape shape = input.shape();
    if (shape.rank() != 2 || shape.size(1) != inputSize) {
      boolean transposed = shape.rank() == 2 && shape.size(0) == inputSize;
      throw new IllegalArgumentException(
          "%s: input must be [batch, %d], got %s%s"
              .formatted(where, inputSize, shape, transposed ? "; transposed?" : ""));
    }
  }

  static void requireState(Object where, Tensor state, int batch, int hiddenSize) {
    requireState(where, state, Shape.of(batch, hiddenSize));
  }

  static void requireState(Object where, Tensor state, Shape shape) {
    if (!state.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "%s: state must be %s, got %s".formatted(where, shape, state.shape()));
    }
  }
}
