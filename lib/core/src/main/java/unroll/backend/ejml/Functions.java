package unroll.backend.ejml;

import unroll.backend.Binary;
import unroll.backend.Unary;

/** The elementwise functions, in double precision and the same on every machine. */
final class Functions {

  private Functions() {}

  static double apply(Unary f, double x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
      case TANH -> StrictMath.tanh(x);
      case RELU -> Math.max(x, 0);
    };
  }

  static double apply(Binary f, double a, double b) {
    return switch (f) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case AT_LEAST -> a >= b ? 1 : 0;
      case SIGMOID_GRADIENT -> b * a * (1 - a);
      case TANH_GRADIENT -> b * (1 - a * a);
      case RELU_GRADIENT -> a > 0 ? b : 0;
    };
  }
}
