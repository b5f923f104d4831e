package unroll.bench.convergence;

import unroll.nn.Linear;
import unroll.nn.Trainable;
import unroll.nn.recurrent.SequenceLayer;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/** A recurrent layer and an affine map of what it shows. */
record Network(SequenceLayer<?> layer, Linear head) implements Trainable {

  static Network of(String cell, int inputSize, int hidden, int outputSize, Generator generator) {
    return new Network(
        Cells.layer(cell, inputSize, hidden, generator), Linear.of(hidden, outputSize, generator));
  }

  /** An output at each step: [time, batch, inputSize] to [time, batch, outputSize]. */
  Tensor each(Tensor input) {
    return head.apply(layer.apply(input));
  }

  /** An output after the last step: [time, batch, inputSize] to [batch, outputSize]. */
  Tensor last(Tensor input) {
    return head.apply(layer.apply(input).get(input.size(0) - 1));
  }
}
