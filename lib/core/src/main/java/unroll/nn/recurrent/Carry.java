package unroll.nn.recurrent;

import java.util.ArrayList;
import java.util.List;
import unroll.nn.Layer;
import unroll.tensor.Tensor;

/**
 * Runs layers over a part of a long sequence and hands their states on to the next part, as a plain
 * list of tensors: for truncated backpropagation through time (Williams and Peng 1990).
 */
public final class Carry {

  private Carry() {}

  /**
   * Runs layers, one above the other.
   *
   * @param layers from the input up
   * @param input [time, batch, inputSize], the part
   * @param carried the states after the part before, as it gave them; empty for the first part
   * @param lengths how many steps of the part each sequence has, 0 to time; null if all have all
   * @return the output of the last layer, and the states after the part
   * @throws IllegalArgumentException if a layer is bidirectional: it needs the whole sequence
   */
  public static Unrolled<List<Tensor>> run(
      List<? extends Layer> layers, Tensor input, List<Tensor> carried, int[] lengths) {
    List<Tensor> after = new ArrayList<>();
    Tensor x = input;
    for (Layer layer : layers) {
      x =
          layer instanceof SequenceLayer<?> recurrent
              ? run(recurrent, x, carried, lengths, after)
              : layer.apply(x);
    }
    return new Unrolled<>(x, after);
  }

  private static <S> Tensor run(
      SequenceLayer<S> layer,
      Tensor input,
      List<Tensor> carried,
      int[] lengths,
      List<Tensor> after) {
    if (layer.isBidirectional()) {
      throw new IllegalArgumentException(
          layer
              + ": a bidirectional layer needs the whole sequence; leave truncate out, or make it run forward only");
    }
    S start = layer.initialState(input.size(1));
    int from = after.size(); // the layers below have had theirs
    if (!carried.isEmpty()) {
      start = States.of(start, carried.subList(from, from + States.tensors(start).size()));
    }
    Unrolled<S> run = layer.run(input, start, lengths);
    after.addAll(States.tensors(run.state()));
    return run.output();
  }
}
