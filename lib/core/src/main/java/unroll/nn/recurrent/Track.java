package unroll.nn.recurrent;

import static unroll.tensor.Tensors.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import unroll.autograd.Parameter;
import unroll.backend.Recurrence;
import unroll.nn.Dropout;
import unroll.tensor.Tensor;

/**
 * One layer in one direction over a whole sequence: by the backend's routine where it has one for
 * the equations, otherwise step by step, with one product for the input's part of all gates.
 */
record Track(Equations equations) {

  /**
   * What a run makes.
   *
   * @param output [time, batch, shownSize]; in the padding it has no meaning
   * @param last the parts of the state at each sequence's own last step
   * @param gates by letter, [time, batch, hiddenSize], where they were asked for
   */
  record Result(Tensor output, List<Tensor> last, Map<String, Tensor> gates) {}

  /**
   * Runs over a sequence.
   *
   * @param input [time, batch, inputSize], zero in the padding
   * @param initial the parts of the state before, [batch, size] each
   * @param recurrentDropout the share of the hidden state that no step sees of the one before
   * @param traced whether the gates are wanted; only for sequences of one length
   */
  Result run(
      Tensor input,
      List<Tensor> initial,
      Lengths lengths,
      double recurrentDropout,
      boolean traced) {
    boolean drops = recurrentDropout > 0 && Dropout.drops();
    return equations.fused() != null && !drops
        ? whole(input, initial, lengths, traced)
        : stepByStep(input, initial, lengths, drops ? recurrentDropout : 0, traced);
  }

  private Result whole(Tensor input, List<Tensor> initial, Lengths lengths, boolean traced) {
    Recurrence.Kind kind = equations.fused();
    GateWeights gates = equations.weights();
    List<Tensor> weights = new ArrayList<>();
    gates.parameters().values().stream().map(Parameter::value).forEach(weights::add);
    Tensor x = input;
    if (!lengths.isFull() && Padding.idles(kind)) {
      x = Padding.input(input, lengths);
      weights.set(0, Padding.weight(kind, weights.get(0), gates.hiddenSize()));
    }
    SequenceOperation operation = SequenceOperation.of(kind, x, gates.hiddenSize());
    List<Tensor> results = operation.run(weights, x, initial);
    Tensor output = results.get(0);
    List<Tensor> last = new ArrayList<>(results.subList(1, results.size()));
    if (!lengths.isFull()) {
      last.set(0, lengths.last(output, initial.get(0)));
    }
    return new Result(output, last, traced ? inside(operation, output) : Map.of());
  }

  private Map<String, Tensor> inside(SequenceOperation operation, Tensor output) {
    Map<String, Tensor> gates = new LinkedHashMap<>();
    List<String> letters = equations.letters();
    for (int i = 0; i < letters.size(); i++) {
      gates.put(letters.get(i), equations.weights().gate(operation.gates(), i));
    }
    if (equations.stateSizes().size() == 2) {
      gates.put("c", operation.cells());
    }
    gates.put("h", output);
    return gates;
  }

  private Result stepByStep(
      Tensor input, List<Tensor> initial, Lengths lengths, double dropout, boolean traced) {
    List<Tensor> fromInput = equations.fromInput(input).unstack();
    Tensor hidden = initial.get(0);
    Tensor mask = dropout > 0 ? Dropout.mask(dropout, hidden.shape(), hidden.backend()) : null;
    List<Equations.Step> steps = new ArrayList<>();
    List<Tensor> state = initial;
    for (int t = 0; t < fromInput.size(); t++) {
      Tensor seen = mask == null ? state.get(0) : state.get(0).times(mask);
      Equations.Step step = equations.step(fromInput.get(t), seen, state);
      state = t < lengths.shortest() ? step.state() : held(state, step.state(), t, lengths);
      steps.add(step);
    }
    Tensor output = stack(steps.stream().map(step -> step.state().get(0)).toList());
    return new Result(output, state, traced ? inside(steps, output) : Map.of());
  }

  private static List<Tensor> held(
      List<Tensor> before, List<Tensor> after, int step, Lengths lengths) {
    List<Tensor> held = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      held.add(States.advance(before.get(i), after.get(i), step, lengths));
    }
    return held;
  }

  private Map<String, Tensor> inside(List<Equations.Step> steps, Tensor output) {
    Map<String, Tensor> gates = new LinkedHashMap<>();
    List<String> letters = equations.letters();
    for (int i = 0; i < letters.size(); i++) {
      int gate = i;
      gates.put(letters.get(i), stack(steps.stream().map(s -> s.gates().get(gate)).toList()));
    }
    if (equations.stateSizes().size() == 2) {
      gates.put("c", stack(steps.stream().map(s -> s.state().get(1)).toList()));
    }
    gates.put("h", output);
    return gates;
  }
}
