package unroll.io.onnx;

/** The kinds of numbers that a graph here has: {@code TensorProto.DataType}. */
enum ElementType {
  FLOAT(1),
  INT32(6),
  INT64(7);

  private final int number;

  ElementType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
