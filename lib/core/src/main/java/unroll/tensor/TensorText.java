package unroll.tensor;

import java.util.Locale;

/** A tensor as text: its shape and backend, then its first numbers, row by row. */
final class TensorText {

  private static final int EDGE = 8;

  private TensorText() {}

  static String of(Tensor tensor) {
    Shape shape = tensor.shape();
    String head = "Tensor " + shape + " " + tensor.backend().name();
    if (shape.length() == 0) {
      return head;
    }
    double[] values = tensor.toArray();
    int columns = shape.rank() == 0 ? 1 : shape.size(-1);
    int rows = values.length / columns;
    StringBuilder text = new StringBuilder(head);
    for (int r = 0; r < Math.min(rows, EDGE); r++) {
      text.append('\n');
      for (int c = 0; c < Math.min(columns, EDGE); c++) {
        text.append(String.format(Locale.ROOT, "%12.5g", values[r * columns + c]));
      }
      if (columns > EDGE) {
        text.append("  … ").append(columns).append(" columns");
      }
    }
    if (rows > EDGE) {
      text.append("\n  … ").append(rows).append(" rows");
    }
    return text.toString();
  }
}
