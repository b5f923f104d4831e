package unroll.nn;

import java.util.Arrays;
import java.util.List;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** y [..., n] = x [..., k] weight [n, k]ᵀ + bias [n]; the bias may be left out. */
record LinearOperation() implements Operation {

  @Override
  public String name() {
    return "Linear";
  }

  @Override
  public List<Tensor> forward(List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor weight = inputs.get(1);
    Backend backend = x.backend();
    int n = weight.size(0);
    Tensor y = Tensor.empty(x.shape().with(-1, n), backend);
    Buffer bias = inputs.size() == 3 ? inputs.get(2).buffer() : null;
    backend.linear(rows(x), weight.size(1), n, x.buffer(), weight.buffer(), bias, y.buffer());
    return List.of(y);
  }

  @Override
  public List<Tensor> gradient(List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
    Tensor x = inputs.get(0);
    Tensor weight = inputs.get(1);
    Tensor g = gradients.get(0);
    Backend backend = x.backend();
    int n = weight.size(0);
    int k = weight.size(1);
    int rows = rows(x);
    Tensor[] found = new Tensor[inputs.size()];
    if (x.requiresGradient()) {
      found[0] = Tensor.empty(x.shape(), backend);
      backend.matmul(
          false, false, rows, k, n, g.buffer(), weight.buffer(), found[0].buffer(), false);
    }
    if (weight.requiresGradient()) {
      found[1] = Tensor.empty(weight.shape(), backend);
      backend.matmul(true, false, n, k, rows, g.buffer(), x.buffer(), found[1].buffer(), false);
    }
    if (inputs.size() == 3) {
      found[2] = Tensor.empty(Shape.of(n), backend);
      backend.sum(1, rows, n, g.buffer(), found[2].buffer());
    }
    return Arrays.asList(found);
  }

  /** The product of all sizes but the last. */
  private static int rows(Tensor x) {
    return x.shape().with(-1, 1).length();
  }
}
