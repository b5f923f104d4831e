package unroll.bench;

import unroll.autograd.Tape;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** The product of two square matrices. */
final class Product {

  private final Tensor a;
  private final Tensor b;

  Product(int size) {
    double[] values = new double[size * size];
    Generator generator = Generator.of(1);
    generator.fillNormal(values, 0, 1);
    a = Tensor.of(values, size, size);
    generator.fillNormal(values, 0, 1);
    b = Tensor.of(values, size, size);
  }

  void multiply() {
    try (Tape memory = Tape.open()) {
      a.matmul(b);
    }
  }
}
