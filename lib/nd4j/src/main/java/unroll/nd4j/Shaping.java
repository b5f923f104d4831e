package unroll.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastCopyOp;
import org.nd4j.linalg.api.ops.impl.reduce.longer.MatchCondition;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Moving, repeating and reducing, over buffers seen as [outer, axis, inner]. Sizes are not zero.
 */
final class Shaping {

  private final Pool pool;

  Shaping(Pool pool) {
    this.pool = pool;
  }

  void copy(int runs, int length, Nd4jBuffer from, int fromStride, Nd4jBuffer to, int toStride) {
    if (runs == 1 || (fromStride == length && toStride == length)) {
      int all = runs * length;
      Elementwise.copy(from.slice(0, all).vector(), to.slice(0, all).vector());
    } else if (fromStride == 0) {
      for (int r = 0; r < runs; r++) {
        Elementwise.copy(from.slice(0, length).vector(), to.slice(r * toStride, length).vector());
      }
    } else {
      Elementwise.copy(from.matrix(runs, length, fromStride), to.matrix(runs, length, toStride));
    }
  }

  void repeat(int outer, int axis, int inner, Nd4jBuffer x, Nd4jBuffer out) {
    if (outer == 1 && axis == 1) {
      Elementwise.copy(x.vector(), out.vector());
    } else if (outer == 1) {
      INDArray all = out.matrix(axis, inner);
      Nd4j.getExecutioner().exec(new BroadcastCopyOp(all, x.vector(), all, 1));
    } else if (inner == 1) {
      INDArray all = out.matrix(outer, axis);
      Nd4j.getExecutioner().exec(new BroadcastCopyOp(all, x.vector(), all, 0));
    } else {
      for (int a = 0; a < axis; a++) {
        Elementwise.copy(
            x.matrix(outer, inner),
            out.slice(a * inner, out.length() - a * inner).matrix(outer, inner, axis * inner));
      }
    }
  }

  void transpose(int outer, int rows, int columns, int inner, Nd4jBuffer x, Nd4jBuffer out) {
    if (rows == 1 || columns == 1) {
      Elementwise.copy(x.vector(), out.vector());
    } else {
      INDArray from = x.array(outer, rows, columns, inner).permute(0, 2, 1, 3);
      Elementwise.copy(from, out.array(outer, columns, rows, inner));
    }
  }

  /** Sums over rows or along rows are products with ones: BLAS is far faster than ND4J's sums. */
  void sum(int outer, int axis, int inner, Nd4jBuffer x, Nd4jBuffer out) {
    if (axis == 1) {
      Elementwise.copy(x.vector(), out.vector());
    } else if (outer == 1) {
      ones(axis, ones -> Products.multiply(false, false, 1, inner, axis, ones, x, out, false));
    } else if (inner == 1) {
      ones(axis, ones -> Products.multiply(false, false, outer, 1, axis, x, ones, out, false));
    } else {
      Nd4j.getExecutioner().exec(new Sum(x.array(outer, axis, inner), out.matrix(outer, inner), 1));
    }
  }

  private interface Use {
    void with(Nd4jBuffer ones);
  }

  private void ones(int count, Use use) {
    Storage storage = pool.take(count);
    try {
      Nd4jBuffer ones = new Nd4jBuffer(new Lease(storage), 0, count);
      ones.vector().assign(1);
      use.with(ones);
    } finally {
      pool.give(storage);
    }
  }

  /** ND4J's maximum passes over NaN; where there is one, the host takes over. */
  void max(int outer, int axis, int inner, Nd4jBuffer x, Nd4jBuffer out) {
    if (axis == 1) {
      Elementwise.copy(x.vector(), out.vector());
    } else if (hasNaN(x.vector())) {
      float[] from = Host.read(x);
      float[] to = new float[out.length()];
      Arrays.fill(to, Float.NEGATIVE_INFINITY);
      for (int i = 0; i < from.length; i++) {
        int o = i / inner / axis * inner + i % inner;
        to[o] = Math.max(to[o], from[i]);
      }
      Host.write(to, out);
    } else {
      Nd4j.getExecutioner()
          .exec(new Max(x.array(outer, axis, inner), out.matrix(outer, inner), false, 1));
    }
  }

  private static boolean hasNaN(INDArray x) {
    try (INDArray count = Nd4j.getExecutioner().exec(new MatchCondition(x, Conditions.isNan()))) {
      return count.getLong(0) > 0;
    }
  }

  void gather(int rowLength, Nd4jBuffer table, int[] indices, Nd4jBuffer out) {
    Nd4j.pullRows(
        table.matrix(table.length() / rowLength, rowLength),
        out.matrix(indices.length, rowLength),
        1,
        indices);
  }

  void scatterAdd(int rowLength, Nd4jBuffer rows, int[] indices, Nd4jBuffer table) {
    INDArray to = table.matrix(table.length() / rowLength, rowLength);
    try (INDArray places = Nd4j.createFromArray(indices)) {
      Nd4j.exec(
          DynamicCustomOp.builder("scatter_add")
              .addInputs(to, places, rows.matrix(indices.length, rowLength))
              .addOutputs(to)
              // one row after the other: the same row may come twice
              .addBooleanArguments(true, false)
              .build());
    }
  }
}
