package unroll.nn.recurrent;

import unroll.tensor.Tensor;

/** A layer that can show its gates. */
public interface Traceable {

  /**
   * Runs over a sequence from the initial state and keeps every gate.
   *
   * @param input [time, batch, inputSize]
   */
  Activations activations(Tensor input);
}
