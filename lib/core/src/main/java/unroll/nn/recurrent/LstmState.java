package unroll.nn.recurrent;

import unroll.tensor.Tensor;

/**
 * The state of an LSTM.
 *
 * @param hidden h [batch, hiddenSize], what it shows
 * @param cell c [batch, hiddenSize], what it remembers
 */
public record LstmState(Tensor hidden, Tensor cell) {}
