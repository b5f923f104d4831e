package unroll.tensor;

import unroll.backend.Binary;

/** Operations that sum an axis, take its maximum, or repeat it. */
final class Reductions {

  private Reductions() {}

  /** y[o, i] = sum over a of x[o, a, i]. */
  record Sum(int axis) implements Operation.OfOne {
    @Override
    public String name() {
      return "sum";
    }

    @Override
    public Tensor forward(Tensor x) {
      return sum(x, axis).view(x.shape().without(axis));
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return repeat(g, x.shape(), axis);
    }
  }

  /** y[o, i] = maximum over a of x[o, a, i]; equal maxima share the gradient. */
  record Max(int axis) implements Operation.OfOne {
    @Override
    public String name() {
      return "max";
    }

    @Override
    public Tensor forward(Tensor x) {
      Shape s = x.shape();
      Tensor out = Tensor.empty(s.without(axis), x.backend());
      int outer = s.outer(axis);
      int inner = s.inner(axis);
      x.backend().max(outer, s.size(axis), inner, x.buffer(), out.buffer());
      return out;
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      Tensor isMax = x.zip(Binary.AT_LEAST, repeat(y, x.shape(), axis));
      Tensor count = repeat(sum(isMax, axis), x.shape(), axis);
      return repeat(g, x.shape(), axis).zip(Binary.MULTIPLY, isMax).zip(Binary.DIVIDE, count);
    }
  }

  /** Repeats axes of size one; the gradient sums them. */
  record Broadcast(Shape to) implements Operation.OfOne {

    static Broadcast of(Shape from, Shape to) {
      if (!to.equals(Shape.broadcast(from, to))) {
        throw new IllegalArgumentException("broadcastTo: " + from + " does not broadcast to " + to);
      }
      return new Broadcast(to);
    }

    @Override
    public String name() {
      return "broadcastTo";
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = x.view(x.shape().padded(to.rank()));
      for (int axis = to.rank() - 1; axis >= 0; axis--) {
        if (y.size(axis) != to.size(axis)) {
          y = repeat(y, y.shape().with(axis, to.size(axis)), axis);
        }
      }
      return y.view(to);
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      Shape padded = x.shape().padded(to.rank());
      for (int axis = 0; axis < to.rank(); axis++) {
        if (padded.size(axis) != g.size(axis)) {
          g = sum(g, axis);
        }
      }
      return g.view(x.shape());
    }
  }

  /** The sum along an axis, kept with size one. */
  static Tensor sum(Tensor x, int axis) {
    Shape s = x.shape();
    Tensor out = Tensor.empty(s.with(axis, 1), x.backend());
    x.backend().sum(s.outer(axis), s.size(axis), s.inner(axis), x.buffer(), out.buffer());
    return out;
  }

  /** x, in which an axis has size one or is left out, repeated along that axis to a shape. */
  static Tensor repeat(Tensor x, Shape to, int axis) {
    Tensor out = Tensor.empty(to, x.backend());
    x.backend().repeat(to.outer(axis), to.size(axis), to.inner(axis), x.buffer(), out.buffer());
    return out;
  }
}
