package unroll.tensor;

import unroll.backend.Binary;
import unroll.backend.Unary;

/** Elementwise operations: each row is a function and its gradient. */
final class Elementwise {

  private Elementwise() {}

  /** Marks the operations whose inputs have been broadcast to one shape. */
  interface Broadcasting extends Operation.OfTwo {}

  record Add() implements Broadcasting {
    @Override
    public String name() {
      return "plus";
    }

    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return a.zip(Binary.ADD, b);
    }

    @Override
    public Tensor gradientA(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g;
    }

    @Override
    public Tensor gradientB(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g;
    }
  }

  record Subtract() implements Broadcasting {
    @Override
    public String name() {
      return "minus";
    }

    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return a.zip(Binary.SUBTRACT, b);
    }

    @Override
    public Tensor gradientA(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g;
    }

    @Override
    public Tensor gradientB(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g.unary(Unary.NEGATE);
    }
  }

  record Multiply() implements Broadcasting {
    @Override
    public String name() {
      return "times";
    }

    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return a.zip(Binary.MULTIPLY, b);
    }

    @Override
    public Tensor gradientA(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g.zip(Binary.MULTIPLY, b);
    }

    @Override
    public Tensor gradientB(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g.zip(Binary.MULTIPLY, a);
    }
  }

  record Divide() implements Broadcasting {
    @Override
    public String name() {
      return "dividedBy";
    }

    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return a.zip(Binary.DIVIDE, b);
    }

    @Override
    public Tensor gradientA(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g.zip(Binary.DIVIDE, b);
    }

    @Override
    public Tensor gradientB(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g.zip(Binary.MULTIPLY, y).zip(Binary.DIVIDE, b).unary(Unary.NEGATE);
    }
  }

  record Maximum() implements Broadcasting {
    @Override
    public String name() {
      return "max";
    }

    @Override
    public Tensor forward(Tensor a, Tensor b) {
      return a.zip(Binary.MAXIMUM, b);
    }

    @Override
    public Tensor gradientA(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g.zip(Binary.MULTIPLY, a.zip(Binary.AT_LEAST, b));
    }

    @Override
    public Tensor gradientB(Tensor a, Tensor b, Tensor y, Tensor g) {
      return g.zip(Binary.MULTIPLY, a.zip(Binary.AT_LEAST, b).affine(-1, 1));
    }
  }

  /** y = scale x + shift. */
  record Affine(double scale, double shift) implements Operation.OfOne {
    @Override
    public String name() {
      return shift == 0 ? "times" : "plus";
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.affine(scale, shift);
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return scale == 1 ? g : g.affine(scale, 0);
    }
  }

  /** y = f(x). */
  record Function(Unary f) implements Operation.OfOne {
    @Override
    public String name() {
      return f.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.unary(f);
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return switch (f) {
        case NEGATE -> g.unary(Unary.NEGATE);
        case ABS -> g.zip(Binary.MULTIPLY, x.unary(Unary.SIGN));
        case SIGN -> Tensor.filled(0, x.shape(), x.backend());
        case SQUARE -> g.zip(Binary.MULTIPLY, x.affine(2, 0));
        case SQRT -> g.zip(Binary.DIVIDE, y.affine(2, 0));
        case EXP -> g.zip(Binary.MULTIPLY, y);
        case LOG -> g.zip(Binary.DIVIDE, x);
        case SIGMOID -> y.zip(Binary.SIGMOID_GRADIENT, g);
        case TANH -> y.zip(Binary.TANH_GRADIENT, g);
        case RELU -> y.zip(Binary.RELU_GRADIENT, g);
      };
    }
  }

  static Operation function(Unary f) {
    return new Function(f);
  }
}
