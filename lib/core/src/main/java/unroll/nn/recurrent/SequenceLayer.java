package unroll.nn.recurrent;

import unroll.nn.Layer;
import unroll.tensor.Tensor;

/**
 * A layer that runs over the steps of a sequence and carries a state from one to the next.
 *
 * @param <S> its state
 */
public interface SequenceLayer<S> extends Layer {

  /**
   * Runs over a sequence from a given state.
   *
   * @param input [time, batch, inputSize]
   * @throws IllegalArgumentException if the input's or the state's shape does not fit
   */
  Unrolled<S> run(Tensor input, S initial);

  /** The state before the first step, for a number of sequences: zeros. */
  S initialState(int batch);

  /**
   * A copy of a state to start the next part of a long sequence with: it outlives its tape, and no
   * gradient flows through it. This is truncated backpropagation through time (Williams and Peng
   * 1990): memory does not grow with the length of the sequence.
   */
  default S keep(S state) {
    return States.keep(state);
  }

  /** The size of an output's last axis. */
  int outputSize();

  /** Runs over a sequence from the initial state: [time, batch, outputSize]. */
  @Override
  default Tensor apply(Tensor input) {
    Inputs.requireSequence(this, input);
    return run(input, initialState(input.size(1))).output();
  }

  /** [time, batch, outputSize]. */
  @Override
  default unroll.tensor.Shape outputShape(unroll.tensor.Shape input) {
    return input.with(-1, outputSize());
  }
}
