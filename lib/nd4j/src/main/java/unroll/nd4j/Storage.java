package unroll.nd4j;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A run of floats of ND4J, and the arrays that look at parts of it. Making an array costs more than
 * a small operation on it, so arrays are kept; a training asks for the same ones at every step.
 */
final class Storage {

  /** A very long sequence would want more; then they are made anew. */
  private static final int MANY = 20_000;

  /**
   * An array over a part.
   *
   * @param rows its first axis
   * @param columns its second axis, or -1 for a vector
   * @param rowStride from one element of the first axis to the next
   * @param columnStride from one element of the second axis to the next
   */
  private record View(int offset, int rows, int columns, int rowStride, int columnStride) {}

  private final DataBuffer data;
  private final Map<View, INDArray> views = new ConcurrentHashMap<>();

  /** Memory outside of the heap and of ND4J's workspaces; its contents are undefined. */
  Storage(int length) {
    data = Nd4j.createBuffer(DataType.FLOAT, Math.max(1, length), false, null);
  }

  int length() {
    return (int) data.length();
  }

  INDArray vector(int offset, int length) {
    return view(new View(offset, length, -1, 1, 0));
  }

  INDArray matrix(int offset, int rows, int columns, int rowStride, int columnStride) {
    return view(new View(offset, rows, columns, rowStride, columnStride));
  }

  private INDArray view(View view) {
    INDArray found = views.get(view);
    if (found == null) {
      found = make(view);
      if (views.size() >= MANY) {
        views.clear();
      }
      views.put(view, found);
    }
    return found;
  }

  private INDArray make(View v) {
    if (v.columns() < 0) {
      return array(new long[] {v.rows()}, new long[] {1}, v.offset(), 'c');
    }
    long[] shape = {v.rows(), v.columns()};
    long[] stride = {v.rowStride(), v.columnStride()};
    return array(shape, stride, v.offset(), v.columnStride() == 1 ? 'c' : 'f');
  }

  /** An array of any shape over a part; not kept. */
  INDArray array(long[] shape, long[] stride, int offset, char order) {
    return Nd4j.create(data, shape, stride, offset, order, DataType.FLOAT);
  }

  /** The floats on the host, to be read from. */
  FloatPointer read(int offset, int length) {
    Nd4j.getAffinityManager().ensureLocation(vector(offset, length), Location.HOST);
    return pointer(offset);
  }

  /** The floats on the host, to be written to; {@link #written} must follow. */
  FloatPointer write(int offset, int length) {
    return read(offset, length);
  }

  /** The host's floats are the valid ones from now on. */
  void written(int offset, int length) {
    Nd4j.getAffinityManager().tagLocation(vector(offset, length), Location.HOST);
  }

  private FloatPointer pointer(int offset) {
    return new FloatPointer(data.pointer()).position(offset);
  }

  /** Gives the memory back to the system. */
  void close() {
    views.clear();
    if (data.closeable()) {
      data.close();
    }
  }
}
