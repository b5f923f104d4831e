package unroll.backend;

import unroll.backend.Recurrence.State;
import unroll.backend.Recurrence.Weights;

/** h' = f(W_ih x + b_ih + W_hh h + b_hh), with f = tanh or a rectifier. */
final class ComposedRnn extends ComposedRecurrence {

  private final boolean relu;

  ComposedRnn(Backend backend, Recurrence shape) {
    super(backend, shape);
    relu = shape.kind() == Recurrence.Kind.RNN_RELU;
  }

  @Override
  Buffer projected(Kept out) {
    return out.output();
  }

  @Override
  Buffer inputBias(Weights weights) {
    return sumOfBiases(weights);
  }

  @Override
  State stepForward(Buffer projected, Weights weights, State before, Kept out) {
    addHidden(before.hidden(), weights, out.output());
    backend.map(relu ? Unary.RELU : Unary.TANH, out.output(), out.output());
    return new State(out.output(), null);
  }

  @Override
  void stepBackward(
      Weights weights,
      State before,
      Kept saved,
      State carried,
      Buffer inputGates,
      Buffer hiddenGates) {
    Binary gradient = relu ? Binary.RELU_GRADIENT : Binary.TANH_GRADIENT;
    backend.zip(gradient, saved.output(), carried.hidden(), inputGates);
    hiddenGradient(inputGates, weights, carried.hidden(), false);
  }
}
