package unroll.backend.cpu;

import java.util.Arrays;
import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Precision;
import unroll.backend.Unary;

/** Single precision in plain loops: every sum is one chain of fused multiply-adds, ascending. */
final class CpuBackend implements Backend {

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public String device() {
    return "1 thread, plain loops";
  }

  @Override
  public Buffer allocate(int length) {
    return new FloatBuffer(new float[length], 0, length);
  }

  @Override
  public void release(Buffer buffer) {
    // the garbage collector does it
  }

  @Override
  public void write(double[] from, Buffer to) {
    FloatBuffer y = at(to);
    for (int i = 0; i < y.length(); i++) {
      y.array()[y.offset() + i] = (float) from[i];
    }
  }

  @Override
  public void write(float[] from, Buffer to) {
    FloatBuffer y = at(to);
    System.arraycopy(from, 0, y.array(), y.offset(), y.length());
  }

  @Override
  public void read(Buffer from, double[] to) {
    FloatBuffer x = at(from);
    for (int i = 0; i < x.length(); i++) {
      to[i] = x.array()[x.offset() + i];
    }
  }

  @Override
  public void fill(Buffer to, double value) {
    FloatBuffer y = at(to);
    Arrays.fill(y.array(), y.offset(), y.offset() + y.length(), (float) value);
  }

  @Override
  public void copy(int runs, int length, Buffer from, int fromStride, Buffer to, int toStride) {
    FloatBuffer x = at(from);
    FloatBuffer y = at(to);
    for (int r = 0; r < runs; r++) {
      int source = x.offset() + r * fromStride;
      System.arraycopy(x.array(), source, y.array(), y.offset() + r * toStride, length);
    }
  }

  @Override
  public void map(Unary f, Buffer x, Buffer out) {
    FloatBuffer from = at(x);
    FloatBuffer to = at(out);
    for (int i = 0; i < to.length(); i++) {
      to.array()[to.offset() + i] = Functions.apply(f, from.array()[from.offset() + i]);
    }
  }

  @Override
  public void zip(Binary f, Buffer a, Buffer b, Buffer out) {
    FloatBuffer left = at(a);
    FloatBuffer right = at(b);
    FloatBuffer to = at(out);
    for (int i = 0; i < to.length(); i++) {
      to.array()[to.offset() + i] =
          Functions.apply(f, left.array()[left.offset() + i], right.array()[right.offset() + i]);
    }
  }

  @Override
  public void affine(double scale, Buffer x, double shift, Buffer out) {
    FloatBuffer from = at(x);
    FloatBuffer to = at(out);
    float alpha = (float) scale;
    float beta = (float) shift;
    for (int i = 0; i < to.length(); i++) {
      to.array()[to.offset() + i] = Math.fma(alpha, from.array()[from.offset() + i], beta);
    }
  }

  @Override
  public void addScaled(double scale, Buffer x, Buffer y) {
    FloatBuffer from = at(x);
    FloatBuffer to = at(y);
    float alpha = (float) scale;
    for (int i = 0; i < to.length(); i++) {
      int j = to.offset() + i;
      to.array()[j] = Math.fma(alpha, from.array()[from.offset() + i], to.array()[j]);
    }
  }

  @Override
  public void sum(int outer, int axis, int inner, Buffer x, Buffer out) {
    fill(out, 0);
    for (int o = 0; o < outer; o++) {
      Buffer to = out.slice(o * inner, inner);
      for (int a = 0; a < axis; a++) {
        addScaled(1, x.slice((o * axis + a) * inner, inner), to);
      }
    }
  }

  @Override
  public void max(int outer, int axis, int inner, Buffer x, Buffer out) {
    fill(out, Double.NEGATIVE_INFINITY);
    for (int o = 0; o < outer; o++) {
      Buffer to = out.slice(o * inner, inner);
      for (int a = 0; a < axis; a++) {
        zip(Binary.MAXIMUM, x.slice((o * axis + a) * inner, inner), to, to);
      }
    }
  }

  @Override
  public void repeat(int outer, int axis, int inner, Buffer x, Buffer out) {
    for (int o = 0; o < outer; o++) {
      Buffer source = x.slice(o * inner, inner);
      copy(axis, inner, source, 0, out.slice(o * axis * inner, axis * inner), inner);
    }
  }

  @Override
  public void transpose(int outer, int rows, int columns, int inner, Buffer x, Buffer out) {
    int matrix = rows * columns * inner;
    if (matrix == 0) {
      return;
    }
    for (int o = 0; o < outer; o++) {
      for (int r = 0; r < rows; r++) {
        Buffer from = x.slice(o * matrix + r * columns * inner, columns * inner);
        Buffer to = out.slice(o * matrix + r * inner, matrix - r * inner);
        copy(columns, inner, from, inner, to, rows * inner);
      }
    }
  }

  @Override
  public void gather(int rowLength, Buffer table, int[] indices, Buffer out) {
    for (int r = 0; r < indices.length; r++) {
      Buffer row = table.slice(indices[r] * rowLength, rowLength);
      copy(1, rowLength, row, 0, out.slice(r * rowLength, rowLength), 0);
    }
  }

  @Override
  public void scatterAdd(int rowLength, Buffer rows, int[] indices, Buffer table) {
    for (int r = 0; r < indices.length; r++) {
      Buffer row = rows.slice(r * rowLength, rowLength);
      addScaled(1, row, table.slice(indices[r] * rowLength, rowLength));
    }
  }

  @Override
  public double sumOfSquares(Buffer x) {
    FloatBuffer from = at(x);
    double sum = 0;
    for (int i = 0; i < from.length(); i++) {
      double value = from.array()[from.offset() + i];
      sum = Math.fma(value, value, sum);
    }
    return sum;
  }

  @Override
  public void matmul(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      Buffer a,
      Buffer b,
      Buffer out,
      boolean accumulate) {
    if (!accumulate) {
      fill(out, 0);
    }
    FloatBuffer left = at(a);
    FloatBuffer right = at(b);
    FloatBuffer to = at(out);
    for (int r = 0; r < m; r++) {
      for (int c = 0; c < n; c++) {
        float sum = to.array()[to.offset() + r * n + c];
        for (int i = 0; i < k; i++) {
          float x = left.array()[left.offset() + (transposeA ? i * m + r : r * k + i)];
          float y = right.array()[right.offset() + (transposeB ? c * k + i : i * n + c)];
          sum = Math.fma(x, y, sum);
        }
        to.array()[to.offset() + r * n + c] = sum;
      }
    }
  }

  private static FloatBuffer at(Buffer buffer) {
    return (FloatBuffer) buffer;
  }
}
