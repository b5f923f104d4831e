package unroll.optim;

import unroll.backend.Backend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * 64-bit numbers as tensors that lose nothing in float32: four pieces of 16 bits each, the highest
 * first.
 */
final class ExactNumbers {

  private static final int PIECES = 4;
  private static final int BITS = 16;

  private ExactNumbers() {}

  /** The shape of so many numbers: [count, 4]. */
  static Shape shape(int count) {
    return Shape.of(count, PIECES);
  }

  static Tensor tensor(Backend backend, long... numbers) {
    double[] pieces = new double[numbers.length * PIECES];
    for (int i = 0; i < pieces.length; i++) {
      int shift = BITS * (PIECES - 1 - i % PIECES);
      pieces[i] = numbers[i / PIECES] >>> shift & 0xFFFF;
    }
    return Tensor.of(pieces, shape(numbers.length), backend);
  }

  static long[] of(Tensor tensor) {
    double[] pieces = tensor.toArray();
    long[] numbers = new long[pieces.length / PIECES];
    for (int i = 0; i < pieces.length; i++) {
      numbers[i / PIECES] = numbers[i / PIECES] << BITS | (long) pieces[i];
    }
    return numbers;
  }
}
