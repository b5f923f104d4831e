package unroll.backend.cpu;

import unroll.backend.Binary;
import unroll.backend.Unary;

/** The elementwise functions in single precision, the same on every machine. */
final class Functions {

  private Functions() {}

  static float apply(Unary f, float x) {
    return switch (f) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case SQUARE -> x * x;
      case SQRT -> (float) Math.sqrt(x);
      case EXP -> FloatMath.exp(x);
      case LOG -> FloatMath.log(x);
      case SIGMOID -> FloatMath.sigmoid(x);
      case TANH -> FloatMath.tanh(x);
      case RELU -> Math.max(x, 0);
    };
  }

  static float apply(Binary f, float a, float b) {
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
