package unroll.nn.recurrent;

import unroll.nn.Trainable;
import unroll.tensor.Tensor;

/**
 * A recurrent neuron: what it does in one step of time, and the state it starts with. A record of
 * layers makes a cell of one's own.
 *
 * @param <S> its state: a tensor, or a record of tensors
 */
public interface RecurrentCell<S> extends Trainable {

  /**
   * One step of time.
   *
   * @param input [batch, inputSize]
   * @param state the state after the step before
   * @return the state after this step
   */
  S step(Tensor input, S state);

  /** The state before the first step, for a number of sequences. */
  S initialState(int batch);

  /**
   * What the cell shows to the outside in a state, [batch, outputSize]: a state that is a tensor
   * itself; a cell with another kind of state says which part.
   */
  default Tensor output(S state) {
    if (state instanceof Tensor tensor) {
      return tensor;
    }
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + ": override output(state) to say what of it is the output");
  }
}
