package unroll.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import unroll.backend.Buffer;

/** Operations that move elements without changing them. */
final class Shapes {

  private Shapes() {}

  /** The shape for {@code reshape}: one size may be -1, for what is left. */
  static Shape resolve(Shape from, int... sizes) {
    int[] resolved = sizes.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && open < 0) {
        open = i;
      } else {
        known *= sizes[i];
      }
    }
    if (open >= 0 && known > 0 && from.length() % known == 0) {
      resolved[open] = (int) (from.length() / known);
      known = from.length();
    }
    if (known != from.length() || Arrays.stream(resolved).anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "reshape: %s has %d elements, %s has not"
              .formatted(from, from.length(), Arrays.toString(sizes)));
    }
    return Shape.of(resolved);
  }

  record Reshape(Shape to) implements Operation.OfOne {
    @Override
    public String name() {
      return "reshape";
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.view(to);
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return g.view(x.shape());
    }
  }

  /** Exchanges an axis and the next. */
  record Transpose(int axis) implements Operation.OfOne {

    static Transpose of(Shape shape, int axis, int next) {
      int first = Math.min(shape.axis(axis), shape.axis(next));
      int second = Math.max(shape.axis(axis), shape.axis(next));
      if (second != first + 1) {
        throw new IllegalArgumentException(
            "transpose: axes must be neighbours, got %d and %d of %s".formatted(axis, next, shape));
      }
      return new Transpose(first);
    }

    @Override
    public String name() {
      return "transpose";
    }

    @Override
    public Tensor forward(Tensor x) {
      Shape s = x.shape();
      int rows = s.size(axis);
      int columns = s.size(axis + 1);
      Tensor out = Tensor.empty(s.with(axis, columns).with(axis + 1, rows), x.backend());
      int inner = s.inner(axis + 1);
      x.backend().transpose(s.outer(axis), rows, columns, inner, x.buffer(), out.buffer());
      return out;
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      return forward(g);
    }
  }

  record Slice(int axis, int from, int to) implements Operation.OfOne {

    static Slice of(Shape shape, int axis, int from, int to) {
      if (from < 0 || to < from || to > shape.size(axis)) {
        throw new IllegalArgumentException(
            "slice: [%d, %d) does not lie within axis %d of %s".formatted(from, to, axis, shape));
      }
      return new Slice(axis, from, to);
    }

    @Override
    public String name() {
      return "slice";
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor out = Tensor.empty(x.shape().with(axis, to - from), x.backend());
      copyPart(x, axis, from, out, true);
      return out;
    }

    @Override
    public Tensor gradient(Tensor x, Tensor y, Tensor g) {
      Tensor whole = Tensor.filled(0, x.shape(), x.backend());
      copyPart(whole, axis, from, g, false);
      return whole;
    }
  }

  /** Joins tensors along an axis. */
  record Concat(int axis) implements Operation {
    @Override
    public String name() {
      return "concat";
    }

    @Override
    public List<Tensor> forward(List<Tensor> inputs) {
      int total = inputs.stream().mapToInt(x -> x.size(axis)).sum();
      Tensor first = inputs.get(0);
      Tensor out = Tensor.empty(first.shape().with(axis, total), first.backend());
      int at = 0;
      for (Tensor x : inputs) {
        copyPart(out, axis, at, x, false);
        at += x.size(axis);
      }
      return List.of(out);
    }

    @Override
    public List<Tensor> gradient(
        List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
      Tensor[] parts = new Tensor[inputs.size()];
      int at = 0;
      for (int i = 0; i < parts.length; i++) {
        parts[i] = Tensor.empty(inputs.get(i).shape(), gradients.get(0).backend());
        copyPart(gradients.get(0), axis, at, parts[i], true);
        at += parts[i].size(axis);
      }
      return Arrays.asList(parts);
    }
  }

  /** The parts of the first axis as tensors of their own; the gradient puts them together again. */
  record Unstack() implements Operation {
    @Override
    public String name() {
      return "unstack";
    }

    @Override
    public List<Tensor> forward(List<Tensor> inputs) {
      Tensor x = inputs.get(0);
      Shape part = x.shape().without(0);
      return IntStream.range(0, x.size(0))
          .mapToObj(
              i -> {
                Tensor out = Tensor.empty(x.shape().with(0, 1), x.backend());
                copyPart(x, 0, i, out, true);
                return out.view(part);
              })
          .toList();
    }

    @Override
    public List<Tensor> gradient(
        List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
      Tensor x = inputs.get(0);
      Tensor whole = Tensor.filled(0, x.shape(), x.backend());
      for (int i = 0; i < gradients.size(); i++) {
        if (gradients.get(i) != null) {
          copyPart(whole, 0, i, gradients.get(i).view(x.shape().with(0, 1)), false);
        }
      }
      return List.of(whole);
    }
  }

  /** Copies between a part and the place of that part in the whole, along an axis. */
  private static void copyPart(Tensor whole, int axis, int from, Tensor part, boolean out) {
    int inner = whole.shape().inner(axis);
    int wholeRun = whole.size(axis) * inner;
    int partRun = part.size(axis) * inner;
    int runs = whole.shape().outer(axis);
    if (runs == 0 || partRun == 0) {
      return;
    }
    Buffer place = whole.buffer().slice(from * inner, whole.shape().length() - from * inner);
    if (out) {
      whole.backend().copy(runs, partRun, place, wholeRun, part.buffer(), partRun);
    } else {
      whole.backend().copy(runs, partRun, part.buffer(), partRun, place, wholeRun);
    }
  }
}
