package unroll.autograd;

import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.tensor.Tensor;

/**
 * Numbers that are kept beside a parameter, as many as it has, on its backend: a running mean, a
 * copy. Where the parameter {@linkplain Parameter#to moves}, they follow.
 */
public final class ParameterBuffer {

  private final Parameter parameter;
  private Backend home;
  private Buffer buffer;

  /** Numbers beside a parameter; undefined. */
  public ParameterBuffer(Parameter parameter) {
    this.parameter = parameter;
    home = parameter.backend();
    buffer = home.allocate(parameter.shape().length());
  }

  /** The numbers, on the parameter's present backend. */
  public Buffer buffer() {
    Backend now = parameter.backend();
    if (now != home) {
      double[] numbers = new double[buffer.length()];
      home.read(buffer, numbers);
      Buffer there = now.allocate(numbers.length);
      now.write(numbers, there);
      home.release(buffer);
      buffer = there;
      home = now;
    }
    return buffer;
  }

  /** The numbers as a tensor that sees them change. */
  public Tensor tensor() {
    return Tensor.of(buffer(), parameter.shape(), parameter.backend());
  }
}
