package unroll.nn.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import unroll.backend.Backend;
import unroll.backend.Buffer;
import unroll.tensor.Operation;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * Takes the gates apart: [..., count size] becomes so many tensors [..., size]. One operation,
 * whose gradient writes each gate's part once, where a slice for each gate would add up as many
 * whole ones.
 */
record Split(int count) implements Operation {

  static List<Tensor> apart(Tensor gates, int count) {
    return Operation.apply(new Split(count), List.of(gates));
  }

  @Override
  public String name() {
    return "split";
  }

  @Override
  public List<Tensor> forward(List<Tensor> inputs) {
    Tensor all = inputs.get(0);
    int size = all.size(-1) / count;
    Shape shape = all.shape().with(-1, size);
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tensor part = Tensor.empty(shape, all.backend());
      if (shape.length() > 0) {
        Buffer place = place(all, i * size);
        all.backend().copy(rows(part), size, place, count * size, part.buffer(), size);
      }
      parts.add(part);
    }
    return parts;
  }

  @Override
  public List<Tensor> gradient(List<Tensor> inputs, List<Tensor> outputs, List<Tensor> gradients) {
    Shape shape = inputs.get(0).shape();
    Backend backend = inputs.get(0).backend();
    Tensor all =
        gradients.stream().anyMatch(Objects::isNull)
            ? Tensor.filled(0, shape, backend)
            : Tensor.empty(shape, backend);
    int size = shape.size(-1) / count;
    for (int i = 0; i < count; i++) {
      Tensor part = gradients.get(i);
      if (part != null && part.shape().length() > 0) {
        Buffer place = place(all, i * size);
        backend.copy(rows(part), size, part.buffer(), size, place, count * size);
      }
    }
    return List.of(all);
  }

  private static int rows(Tensor part) {
    return part.shape().with(-1, 1).length();
  }

  private static Buffer place(Tensor all, int from) {
    return all.buffer().slice(from, all.shape().length() - from);
  }
}
