package unroll.cuda;

import java.util.List;
import unroll.backend.Buffer;

/** Sums and maxima. Every sum has one order, whatever the device. */
final class Reductions {

  /** Rows up to this length go to one thread each. */
  private static final int SHORT = 32;

  /** A thread's share of a column, and the most shares. */
  private static final int CHUNK = 64;

  private static final int MOST_CHUNKS = 256;

  /** Blocks that share a sum of squares. */
  private static final int BLOCKS = 128;

  private final Engine engine;

  Reductions(Engine engine) {
    this.engine = engine;
  }

  /** out[o, i] = the sum, or the largest, over a of x[o, a, i]. */
  void fold(boolean largest, int outer, int axis, int inner, CudaBuffer x, CudaBuffer out) {
    int which = largest ? 1 : 0;
    if (inner == 1 && axis > SHORT) {
      engine.kernels().rows("fold_rows", outer, axis, which, outer, axis, x, Kernels.to(out));
    } else if (!largest && outer == 1 && axis > CHUNK) {
      columns(axis, inner, x, null, out);
    } else {
      int n = outer * inner;
      engine.kernels().each("fold", n, which, n, axis, inner, x, Kernels.to(out));
    }
  }

  /** out[i] = the sum over a of x[a, i] y[a, i], or of x[a, i] without a y. */
  void columns(int axis, int inner, CudaBuffer x, CudaBuffer y, CudaBuffer out) {
    int chunk = chunk(axis);
    int chunks = (axis + chunk - 1) / chunk;
    if (chunks <= 1) {
      chunkSums(1, axis, inner, Math.max(1, axis), x, y, out);
      return;
    }
    try (Scratch scratch = new Scratch(engine.pool())) {
      CudaBuffer partial = scratch.take(chunks * inner);
      chunkSums(chunks, axis, inner, chunk, x, y, partial);
      engine.kernels().each("fold", inner, 0, inner, chunks, inner, partial, Kernels.to(out));
    }
  }

  /** The length of the pieces into which a column is cut. */
  static int chunk(int axis) {
    return Math.max(CHUNK, (axis + MOST_CHUNKS - 1) / MOST_CHUNKS);
  }

  private void chunkSums(
      int chunks, int axis, int inner, int chunk, CudaBuffer x, CudaBuffer y, CudaBuffer out) {
    int n = chunks * inner;
    engine.kernels().each("sum_chunks", n, n, axis, inner, chunk, x, y, Kernels.to(out));
  }

  /** The sum of the squares of all elements of all buffers; waits once. */
  double sumOfSquares(List<Buffer> buffers) {
    try (Scratch scratch = new Scratch(engine.pool())) {
      int[] grids = buffers.stream().mapToInt(b -> grid(b.length())).toArray();
      int total = 0;
      for (int grid : grids) {
        total += grid;
      }
      CudaBuffer partial = scratch.take(total);
      int at = 0;
      for (int i = 0; i < grids.length; i++) {
        if (grids[i] > 0) {
          CudaBuffer x = CudaBuffer.of(buffers.get(i));
          CudaBuffer part = partial.part(at, grids[i]);
          engine.kernels().blocks("squares", grids[i], x.length(), x, Kernels.to(part));
          at += grids[i];
        }
      }
      return sum(partial);
    }
  }

  private static int grid(int length) {
    return Math.min(Kernels.blocks(length), BLOCKS);
  }

  private double sum(CudaBuffer partial) {
    double[] sum = new double[1];
    engine
        .staging()
        .copyOut(
            partial.read(),
            partial.length(),
            (bytes, first, count) -> {
              for (int i = 0; i < count; i++) {
                sum[0] += bytes.getFloat(4 * i);
              }
            });
    return sum[0];
  }
}
