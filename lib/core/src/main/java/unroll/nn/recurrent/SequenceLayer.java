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
  default Unrolled<S> run(Tensor input, S initial) {
    return run(input, initial, null);
  }

  /**
   * Runs over sequences of different lengths, which are padded at their ends. The outputs are zero
   * past a sequence's length, the state is that after each sequence's own last step, and what
   * stands in the padding changes neither of them, nor any gradient.
   *
   * @param input [time, batch, inputSize]
   * @param lengths for each sequence its number of steps, 0 to time; null if all have all
   * @throws IllegalArgumentException if the input's or the state's shape or the lengths do not fit
   */
  Unrolled<S> run(Tensor input, S initial, int[] lengths);

  /**
   * One step of time, for sequences that come or are made as they go.
   *
   * @param input [batch, inputSize]
   * @param state the state after the step before
   * @return the output, [batch, outputSize], and the state after this step
   * @throws IllegalStateException if the layer {@linkplain #isBidirectional needs the whole
   *     sequence}
   */
  default Unrolled<S> step(Tensor input, S state) {
    if (isBidirectional()) {
      throw new IllegalStateException(
          this + ".step: a bidirectional layer needs the whole sequence; use run");
    }
    if (input.shape().rank() != 2) {
      throw new IllegalArgumentException(
          this + ".step: input must be [batch, features], got " + input.shape());
    }
    Unrolled<S> run = run(input.reshape(1, input.size(0), input.size(1)), state);
    return new Unrolled<>(run.output().get(0), run.state());
  }

  /**
   * What the layer shows at the end of a sequence, [batch, outputSize]: the hidden state of its top
   * layer, both directions side by side.
   *
   * @param state the state of a run
   */
  Tensor last(S state);

  /** The state before the first step, for a number of sequences: zeros, unless it is learned. */
  S initialState(int batch);

  /** Whether it needs the whole sequence before it can give out a step. */
  default boolean isBidirectional() {
    return false;
  }

  /**
   * A copy of a state to start the next part of a long sequence with: it outlives its tape, and no
   * gradient flows through it. This is truncated backpropagation through time (Williams and Peng
   * 1990): memory does not grow with the length of the sequence.
   */
  default S keep(S state) {
    return States.keep(state);
  }

  /**
   * The states of some sequences of the batch, in another order or repeated: what a beam search
   * goes on with. The batch is the last axis but one of each tensor.
   */
  default S select(S state, int... sequences) {
    return States.select(state, sequences, tensor -> tensor.shape().rank() - 2);
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
