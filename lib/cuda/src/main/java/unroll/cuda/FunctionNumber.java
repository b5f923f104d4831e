package unroll.cuda;

import unroll.backend.Binary;
import unroll.backend.Unary;

/** The numbers by which kernels.cu knows the elementwise functions. */
final class FunctionNumber {

  private FunctionNumber() {}

  static int of(Unary f) {
    return switch (f) {
      case NEGATE -> 0;
      case ABS -> 1;
      case SIGN -> 2;
      case SQUARE -> 3;
      case SQRT -> 4;
      case EXP -> 5;
      case LOG -> 6;
      case SIGMOID -> 7;
      case TANH -> 8;
      case RELU -> 9;
    };
  }

  static int of(Binary f) {
    return switch (f) {
      case ADD -> 0;
      case SUBTRACT -> 1;
      case MULTIPLY -> 2;
      case DIVIDE -> 3;
      case MAXIMUM -> 4;
      case AT_LEAST -> 5;
      case SIGMOID_GRADIENT -> 6;
      case TANH_GRADIENT -> 7;
      case RELU_GRADIENT -> 8;
    };
  }
}
