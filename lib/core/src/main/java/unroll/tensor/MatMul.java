package unroll.tensor;

import unroll.backend.Backend;

/** y [..., n] = a [..., k] b [k, n]. */
record MatMul() implements Operation.OfTwo {

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Tensor forward(Tensor a, Tensor b) {
    boolean matrices = a.shape().rank() >= 1 && b.shape().rank() == 2;
    if (!matrices || a.size(-1) != b.size(0)) {
      String hint = matrices && a.size(-1) == b.size(1) ? "; transposed?" : "";
      throw new IllegalArgumentException(
          "matmul: expected [..., k] and [k, n], got %s and %s%s"
              .formatted(a.shape(), b.shape(), hint));
    }
    Tensor out = Tensor.empty(a.shape().with(-1, b.size(1)), a.backend());
    product(false, false, rows(a), b.size(1), b.size(0), a, b, out);
    return out;
  }

  @Override
  public Tensor gradientA(Tensor a, Tensor b, Tensor y, Tensor g) {
    Tensor out = Tensor.empty(a.shape(), a.backend());
    product(false, true, rows(a), b.size(0), b.size(1), g, b, out);
    return out;
  }

  @Override
  public Tensor gradientB(Tensor a, Tensor b, Tensor y, Tensor g) {
    Tensor out = Tensor.empty(b.shape(), b.backend());
    product(true, false, b.size(0), b.size(1), rows(a), a, g, out);
    return out;
  }

  private static int rows(Tensor a) {
    return a.shape().outer(a.shape().rank() - 1);
  }

  private static void product(
      boolean ta, boolean tb, int m, int n, int k, Tensor a, Tensor b, Tensor out) {
    Backend backend = a.backend();
    backend.matmul(ta, tb, m, n, k, a.buffer(), b.buffer(), out.buffer(), false);
  }
}
