package unroll.backend.cpu;

import java.util.Arrays;

/** Operations on a buffer seen as [outer, axis, inner], and on rows of a table. */
final class Shapes {

  private final Engine engine;

  Shapes(Engine engine) {
    this.engine = engine;
  }

  void sum(int outer, int axis, int inner, FloatBuffer x, FloatBuffer out) {
    float[] a = x.read();
    float[] y = out.write();
    RowKernels rows = engine.kernels().rows();
    if (inner == 1) {
      int block = Math.max(1, 8192 / Math.max(1, axis));
      engine
          .workers()
          .run(
              (outer + block - 1) / block,
              i -> {
                for (int o = i * block; o < Math.min(outer, (i + 1) * block); o++) {
                  y[out.offset() + o] = rows.sum(axis, a, x.offset() + o * axis);
                }
              });
      return;
    }
    for (int o = 0; o < outer; o++) {
      int from = x.offset() + o * axis * inner;
      int to = out.offset() + o * inner;
      Arrays.fill(y, to, to + inner, 0);
      rows.addRows(axis, inner, a, from, inner, y, to);
    }
  }

  void max(int outer, int axis, int inner, FloatBuffer x, FloatBuffer out) {
    float[] a = x.read();
    float[] y = out.write();
    for (int o = 0; o < outer; o++) {
      int to = out.offset() + o * inner;
      Arrays.fill(y, to, to + inner, Float.NEGATIVE_INFINITY);
      for (int r = 0; r < axis; r++) {
        int from = x.offset() + (o * axis + r) * inner;
        for (int i = 0; i < inner; i++) {
          y[to + i] = Math.max(y[to + i], a[from + i]);
        }
      }
    }
  }

  void repeat(int outer, int axis, int inner, FloatBuffer x, FloatBuffer out) {
    float[] a = x.read();
    float[] y = out.write();
    for (int o = 0; o < outer; o++) {
      int from = x.offset() + o * inner;
      int to = out.offset() + o * axis * inner;
      if (inner == 1) {
        Arrays.fill(y, to, to + axis, a[from]);
      } else {
        for (int r = 0; r < axis; r++) {
          System.arraycopy(a, from, y, to + r * inner, inner);
        }
      }
    }
  }

  void transpose(int outer, int rows, int columns, int inner, FloatBuffer x, FloatBuffer out) {
    float[] a = x.read();
    float[] y = out.write();
    int matrix = rows * columns * inner;
    for (int o = 0; o < outer; o++) {
      int from = x.offset() + o * matrix;
      int to = out.offset() + o * matrix;
      if (inner == 1) {
        transpose(rows, columns, a, from, y, to);
        continue;
      }
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          System.arraycopy(
              a, from + (r * columns + c) * inner, y, to + (c * rows + r) * inner, inner);
        }
      }
    }
  }

  /** In squares of 16 by 16, which the nearest cache holds whatever the strides. */
  private static void transpose(int rows, int columns, float[] x, int xo, float[] y, int yo) {
    int block = 16;
    for (int r0 = 0; r0 < rows; r0 += block) {
      int rowEnd = Math.min(rows, r0 + block);
      for (int c0 = 0; c0 < columns; c0 += block) {
        int columnEnd = Math.min(columns, c0 + block);
        for (int c = c0; c < columnEnd; c++) {
          for (int r = r0; r < rowEnd; r++) {
            y[yo + c * rows + r] = x[xo + r * columns + c];
          }
        }
      }
    }
  }

  void gather(int length, FloatBuffer table, int[] indices, FloatBuffer out) {
    float[] a = table.read();
    float[] y = out.write();
    for (int r = 0; r < indices.length; r++) {
      System.arraycopy(
          a, table.offset() + indices[r] * length, y, out.offset() + r * length, length);
    }
  }

  void scatterAdd(int length, FloatBuffer rows, int[] indices, FloatBuffer table) {
    float[] a = rows.read();
    float[] y = table.write();
    for (int r = 0; r < indices.length; r++) {
      int from = rows.offset() + r * length;
      int to = table.offset() + indices[r] * length;
      for (int i = 0; i < length; i++) {
        y[to + i] += a[from + i];
      }
    }
  }
}
