package unroll.nn.recurrent;

import static unroll.tensor.Tensors.concat;

import unroll.tensor.Tensor;

/** How a bidirectional layer puts the outputs of its two directions together. */
public enum Merge {
  /** Side by side, forward first: [..., 2 hiddenSize]. PyTorch's way. */
  CONCATENATE,
  /** Added: [..., hiddenSize]. */
  SUM;

  Tensor of(Tensor forward, Tensor reverse) {
    return this == SUM ? forward.plus(reverse) : concat(forward, reverse);
  }

  /** The size of both for the size of one. */
  int size(int one) {
    return this == SUM ? one : 2 * one;
  }
}
