package unroll.loss;

import unroll.tensor.Operation;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * The binary cross-entropy of each element.
 *
 * <pre>
 * L = max(x, 0) - x t + ln(1 + e^-|x|)
 * dL/dx = sigmoid(x) - t,  dL/dt = -x
 * </pre>
 */
record BinaryCrossEntropy() implements Operation.OfTwo {

  @Override
  public String name() {
    return "binaryCrossEntropy";
  }

  @Override
  public Tensor forward(Tensor x, Tensor t) {
    // ln(1 + e^-|x|) = -ln sigmoid(|x|)
    Tensor tail = Tensors.log(Tensors.sigmoid(Tensors.abs(x)));
    return Tensors.relu(x).minus(x.times(t)).minus(tail);
  }

  @Override
  public Tensor gradientA(Tensor x, Tensor t, Tensor y, Tensor g) {
    return Tensors.sigmoid(x.detach()).minus(t.detach()).times(g);
  }

  @Override
  public Tensor gradientB(Tensor x, Tensor t, Tensor y, Tensor g) {
    return x.detach().times(g).negate();
  }
}
