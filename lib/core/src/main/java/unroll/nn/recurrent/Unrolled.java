package unroll.nn.recurrent;

import unroll.tensor.Tensor;

/**
 * What a recurrent layer makes of a sequence.
 *
 * @param output [time, batch, outputSize], one for each step
 * @param state the state after the last step
 */
public record Unrolled<S>(Tensor output, S state) {}
