package unroll.optim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.autograd.ParameterBuffer;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.Binary;
import unroll.backend.Buffer;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * An average of weights over a training, which often does better than the last weights. Made by
 * {@link Averaging}; {@link #add} after each step or epoch, {@link #exchange} to evaluate with it.
 */
public final class WeightAverage {

  private static final String COUNT = "count";

  private final Averaging averaging;
  private final List<Parameter> parameters;
  private final ParameterMemory averages;
  private final List<ParameterBuffer> buffers = new ArrayList<>();
  private final Scratch scratch;
  private long count;

  WeightAverage(Averaging averaging, Collection<Parameter> parameters) {
    this.averaging = averaging;
    this.parameters = new ArrayList<>(parameters);
    averages = new ParameterMemory(parameters, List.of("average"));
    scratch = new Scratch(parameters);
    for (int i = 0; i < parameters.size(); i++) {
      buffers.add(averages.of(i).get(0));
    }
  }

  /** How many weights have been added. */
  public long count() {
    return count;
  }

  /** Takes the present weights into the average. */
  public void add() {
    count++;
    double part = averaging.part(count);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      Backend backend = p.backend();
      Buffer average = buffers.get(i).buffer();
      Buffer difference = scratch.of(p);
      backend.zip(Binary.SUBTRACT, p.value().buffer(), average, difference);
      backend.addScaled(part, difference, average);
    }
  }

  /**
   * Exchanges the weights and their average: the model then computes with the average. Done again,
   * it puts the weights back.
   *
   * @throws IllegalStateException if nothing has been added
   */
  public void exchange() {
    if (count == 0) {
      throw new IllegalStateException(
          "WeightAverage.exchange: no weights have been added; call add() after each step");
    }
    for (int i = 0; i < parameters.size(); i++) {
      Parameter p = parameters.get(i);
      Buffer weights = p.value().buffer();
      Buffer average = buffers.get(i).buffer();
      Buffer between = scratch.of(p);
      copy(p.backend(), weights, between);
      copy(p.backend(), average, weights);
      copy(p.backend(), between, average);
    }
  }

  private static void copy(Backend backend, Buffer from, Buffer to) {
    backend.copy(1, to.length(), from, 0, to, 0);
  }

  /** A copy of the average and what else {@link #load} needs to go on to the bit, by name. */
  public Map<String, Tensor> state() {
    Backend backend = parameters.isEmpty() ? Backends.current() : parameters.get(0).backend();
    Map<String, Tensor> state = averages.state();
    state.put(COUNT, ExactNumbers.tensor(backend, count));
    return state;
  }

  /**
   * Goes on from a {@link #state}.
   *
   * @throws IllegalArgumentException if a tensor is missing, unknown or of another shape
   */
  public void load(Map<String, Tensor> state) {
    Map<String, Shape> others = Map.of(COUNT, ExactNumbers.shape(1));
    averages.check("WeightAverage.load", state, others);
    averages.load(state);
    count = ExactNumbers.of(state.get(COUNT))[0];
  }
}
