package unroll.backend.ejml;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import unroll.backend.Backend;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.backend.Precision;
import unroll.backend.Unary;

/** Double precision on one thread: products by EJML, the rest in plain loops. */
final class EjmlBackend implements Backend {

  private long used;
  private long peak;

  @Override
  public String name() {
    return "ejml";
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT64;
  }

  @Override
  public String device() {
    return "1 thread, EJML";
  }

  @Override
  public synchronized Buffer allocate(int length) {
    used += length;
    peak = Math.max(peak, used);
    return new DoubleBuffer(new double[length], 0, length);
  }

  @Override
  public synchronized void release(Buffer buffer) {
    used -= buffer.length();
  }

  @Override
  public long peakMemory(Runnable work) {
    long before;
    synchronized (this) {
      before = used;
      peak = used;
    }
    work.run();
    synchronized (this) {
      return (peak - before) * Double.BYTES;
    }
  }

  @Override
  public void write(double[] from, Buffer to) {
    DoubleBuffer d = at(to);
    System.arraycopy(from, 0, d.array(), d.offset(), d.length());
  }

  @Override
  public void write(float[] from, Buffer to) {
    DoubleBuffer d = at(to);
    for (int i = 0; i < d.length(); i++) {
      d.set(i, from[i]);
    }
  }

  @Override
  public void read(Buffer from, double[] to) {
    DoubleBuffer d = at(from);
    System.arraycopy(d.array(), d.offset(), to, 0, d.length());
  }

  @Override
  public void fill(Buffer to, double value) {
    DoubleBuffer d = at(to);
    Arrays.fill(d.array(), d.offset(), d.offset() + d.length(), value);
  }

  @Override
  public void copy(int runs, int length, Buffer from, int fromStride, Buffer to, int toStride) {
    DoubleBuffer x = at(from);
    DoubleBuffer y = at(to);
    for (int r = 0; r < runs; r++) {
      int source = x.offset() + r * fromStride;
      System.arraycopy(x.array(), source, y.array(), y.offset() + r * toStride, length);
    }
  }

  @Override
  public void map(Unary f, Buffer x, Buffer out) {
    DoubleBuffer from = at(x);
    DoubleBuffer to = at(out);
    for (int i = 0; i < to.length(); i++) {
      to.set(i, Functions.apply(f, from.get(i)));
    }
  }

  @Override
  public void zip(Binary f, Buffer a, Buffer b, Buffer out) {
    DoubleBuffer left = at(a);
    DoubleBuffer right = at(b);
    DoubleBuffer to = at(out);
    for (int i = 0; i < to.length(); i++) {
      to.set(i, Functions.apply(f, left.get(i), right.get(i)));
    }
  }

  @Override
  public void affine(double scale, Buffer x, double shift, Buffer out) {
    DoubleBuffer from = at(x);
    DoubleBuffer to = at(out);
    for (int i = 0; i < to.length(); i++) {
      to.set(i, scale * from.get(i) + shift);
    }
  }

  @Override
  public void addScaled(double scale, Buffer x, Buffer y) {
    DoubleBuffer from = at(x);
    DoubleBuffer to = at(y);
    for (int i = 0; i < to.length(); i++) {
      to.set(i, to.get(i) + scale * from.get(i));
    }
  }

  @Override
  public void sum(int outer, int axis, int inner, Buffer x, Buffer out) {
    fill(out, 0);
    DoubleBuffer from = at(x);
    DoubleBuffer to = at(out);
    for (int o = 0; o < outer; o++) {
      for (int a = 0; a < axis; a++) {
        for (int i = 0; i < inner; i++) {
          to.set(o * inner + i, to.get(o * inner + i) + from.get((o * axis + a) * inner + i));
        }
      }
    }
  }

  @Override
  public void max(int outer, int axis, int inner, Buffer x, Buffer out) {
    fill(out, Double.NEGATIVE_INFINITY);
    DoubleBuffer from = at(x);
    DoubleBuffer to = at(out);
    for (int o = 0; o < outer; o++) {
      for (int a = 0; a < axis; a++) {
        for (int i = 0; i < inner; i++) {
          double value = from.get((o * axis + a) * inner + i);
          to.set(o * inner + i, Math.max(to.get(o * inner + i), value));
        }
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
    DoubleBuffer from = at(x);
    double sum = 0;
    for (int i = 0; i < from.length(); i++) {
      sum += from.get(i) * from.get(i);
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
    DMatrixRMaj left = transposeA ? matrix(a, k, m) : matrix(a, m, k);
    DMatrixRMaj right = transposeB ? matrix(b, n, k) : matrix(b, k, n);
    DMatrixRMaj product = accumulate ? matrix(out, m, n) : new DMatrixRMaj(m, n);
    if (transposeA && transposeB) {
      CommonOps_DDRM.multAddTransAB(left, right, product);
    } else if (transposeA) {
      CommonOps_DDRM.multAddTransA(left, right, product);
    } else if (transposeB) {
      CommonOps_DDRM.multAddTransB(left, right, product);
    } else {
      CommonOps_DDRM.multAdd(left, right, product);
    }
    write(product.data, out);
  }

  /** A copy as a matrix: EJML's own products want one that starts at zero. */
  private static DMatrixRMaj matrix(Buffer x, int rows, int columns) {
    DoubleBuffer d = at(x);
    double[] data = Arrays.copyOfRange(d.array(), d.offset(), d.offset() + rows * columns);
    return DMatrixRMaj.wrap(rows, columns, data);
  }

  private static DoubleBuffer at(Buffer buffer) {
    return (DoubleBuffer) buffer;
  }
}
