package unroll.bench.convergence;

import unroll.nn.recurrent.Gru;
import unroll.nn.recurrent.Lstm;
import unroll.nn.recurrent.Rnn;
import unroll.nn.recurrent.SequenceLayer;
import unroll.tensor.Generator;

/** The recurrent layers that benchmarks compare, by PyTorch's names for them. */
public final class Cells {

  private Cells() {}

  /**
   * A layer that starts as PyTorch's does.
   *
   * @param cell RNN (with tanh), LSTM or GRU
   * @throws IllegalArgumentException if it is none of these
   */
  public static SequenceLayer<?> layer(
      String cell, int inputSize, int hiddenSize, Generator generator) {
    return switch (cell) {
      case "RNN" -> Rnn.of(inputSize, hiddenSize, generator);
      case "LSTM" -> Lstm.of(inputSize, hiddenSize, generator);
      case "GRU" -> Gru.of(inputSize, hiddenSize, generator);
      default ->
          throw new IllegalArgumentException("bench: no cell '" + cell + "'; RNN, LSTM or GRU");
    };
  }
}
