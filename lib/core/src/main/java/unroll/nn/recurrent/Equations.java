package unroll.nn.recurrent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.nn.LayerNorm;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** The equations of one recurrent layer in one direction, with its parameters. */
interface Equations {

  /** The weights of the gates. */
  GateWeights weights();

  /** The norms by their names in the equations; none without layer normalisation. */
  Map<String, LayerNorm> norms();

  /** How the parameters' names end. */
  String suffix();

  /** The backend's routine for these equations, or null if it has none. */
  Recurrence.Kind fused();

  /** The gates' letters, in the order of the weights. */
  List<String> letters();

  /**
   * The input's part of all gates: nothing in it depends on the step before.
   *
   * @param x [..., inputSize]
   * @return [..., gates hiddenSize]
   */
  Tensor fromInput(Tensor x);

  /**
   * One step.
   *
   * @param fromInput the input's part of all gates, [batch, gates hiddenSize]
   * @param seen what the gates see of the hidden state: all of it, or with some units dropped
   * @param state the parts of the state before: the hidden state, for an LSTM the cell
   */
  Step step(Tensor fromInput, Tensor seen, List<Tensor> state);

  /**
   * What a step makes.
   *
   * @param state the parts of the state after it
   * @param gates the gates' activations, in the order of {@link #letters}
   */
  record Step(List<Tensor> state, List<Tensor> gates) {}

  /** The sizes of the parts of a state. */
  default List<Integer> stateSizes() {
    return List.of(weights().hiddenSize());
  }

  /** The parts of a state of zeros, [batch, size] each. */
  default List<Tensor> zeros(int batch) {
    return stateSizes().stream()
        .map(size -> Tensor.filled(0, Shape.of(batch, size), weights().backend()))
        .toList();
  }

  /** Normalised, if there is a norm of that name. */
  default Tensor norm(String name, Tensor x) {
    LayerNorm norm = norms().get(name);
    return norm == null ? x : norm.apply(x);
  }

  /** Those of the gates, then those of the norms in the order of their names. */
  default Map<String, Parameter> parameters() {
    Map<String, Parameter> all = new LinkedHashMap<>(weights().parameters());
    new TreeMap<>(norms())
        .forEach(
            (name, norm) ->
                norm.parameters().forEach((part, p) -> all.put(name + suffix() + "." + part, p)));
    return Collections.unmodifiableMap(all);
  }
}
