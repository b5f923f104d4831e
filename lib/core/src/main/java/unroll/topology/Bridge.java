package unroll.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.nn.recurrent.States;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * From the state of a layer that has read to the state with which another begins to write. Between
 * layers of one kind and as many directions, states of the same shapes are handed over as they are
 * (Sutskever et al. 2014); otherwise each tensor is made of what the reader shows at the end (Cho
 * et al. 2014).
 *
 * <pre>
 * state = tanh(W last + b)
 * </pre>
 */
final class Bridge<E, S> implements Trainable {

  private final SequenceLayer<E> from;
  private final SequenceLayer<S> to;
  private final List<Linear> maps = new ArrayList<>();

  Bridge(SequenceLayer<E> from, SequenceLayer<S> to, Generator generator) {
    this.from = from;
    this.to = to;
    List<Tensor> wanted = States.tensors(to.initialState(1));
    if (!isAlike() || !shapes(States.tensors(from.initialState(1))).equals(shapes(wanted))) {
      for (Tensor tensor : wanted) {
        maps.add(Linear.of(from.outputSize(), tensor.shape().length(), generator));
      }
    }
  }

  private boolean isAlike() {
    return from.getClass() == to.getClass() && from.isBidirectional() == to.isBidirectional();
  }

  private static List<Shape> shapes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::shape).toList();
  }

  /** One for each part of the state; none where states are handed over as they are. */
  List<Linear> maps() {
    return maps;
  }

  /** Whether states are handed over as they are. */
  boolean isDirect() {
    return maps.isEmpty();
  }

  S cross(E state, int batch) {
    S kind = to.initialState(batch);
    if (isDirect()) {
      return States.of(kind, States.tensors(state));
    }
    Tensor last = from.last(state);
    List<Tensor> wanted = States.tensors(kind);
    List<Tensor> made = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Tensor flat = Tensors.tanh(maps.get(i).apply(last));
      made.add(shaped(flat, wanted.get(i).shape(), batch));
    }
    return States.of(kind, made);
  }

  /** [batch, n] as [batch, n], or as [layers, batch, size]. */
  private static Tensor shaped(Tensor flat, Shape shape, int batch) {
    return shape.rank() == 2
        ? flat
        : flat.reshape(batch, shape.size(0), shape.size(2)).transpose(0, 1);
  }

  @Override
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    for (int i = 0; i < maps.size(); i++) {
      TokenDecoder.add(all, i + ".", maps.get(i));
    }
    return all;
  }

  @Override
  public String toString() {
    return "Bridge " + from.outputSize() + " → state";
  }
}
