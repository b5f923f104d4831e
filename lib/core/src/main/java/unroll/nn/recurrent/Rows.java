package unroll.nn.recurrent;

import java.util.List;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Moves rows, the last axis of a tensor, from some places to others; all other places become zero,
 * whatever stood there, and pass no gradient. No place may be named twice.
 */
final class Rows implements Operation.OfOne {

  private final int[] from;
  private final int[] to;
  private final Shape shape;

  private Rows(int[] from, int[] to, Shape shape) {
    this.from = from;
    this.to = to;
    this.shape = shape;
  }

  /** Row from[k] of x becomes row to[k] of a tensor of the given shape. */
  static Tensor move(Tensor x, int[] from, int[] to, Shape shape) {
    return Operation.apply(new Rows(from, to, shape), List.of(x)).get(0);
  }

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public Tensor forward(Tensor x) {
    return move(x, from, shape, to);
  }

  @Override
  public Tensor gradient(Tensor x, Tensor y, Tensor g) {
    return move(g, to, x.shape(), from);
  }

  private static Tensor move(Tensor x, int[] from, Shape shape, int... to) {
    Backend backend = x.backend();
    Tensor out = Tensor.filled(0, shape, backend);
    int length = x.size(-1);
    Buffer rows = backend.allocate(from.length * length);
    backend.gather(length, x.buffer(), from, rows);
    backend.scatterAdd(length, rows, to, out.buffer());
    backend.release(rows);
    return out;
  }
}
