package unroll.loss;

import unroll.backend.Backend;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Numbers of the host on their way to a backend. */
final class Host {

  private Host() {}

  /** A constant, in the memory of the thread's tape if it has one. */
  static Tensor tensor(double[] numbers, Shape shape, Backend backend) {
    Tensor tensor = Tensor.empty(shape, backend);
    backend.write(numbers, tensor.buffer());
    return tensor;
  }
}
