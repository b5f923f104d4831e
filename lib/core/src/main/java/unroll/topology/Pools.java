package unroll.topology;

import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/** Outputs [time, batch, size], zero past each sequence's length, as one vector a sequence. */
final class Pools {

  /** Less than any output of a recurrent layer. */
  private static final double NEVER = -1e9;

  private Pools() {}

  static Tensor mean(Tensor outputs, int[] lengths) {
    if (lengths == null) {
      return outputs.mean(0);
    }
    double[] shares = new double[lengths.length];
    for (int b = 0; b < shares.length; b++) {
      shares[b] = 1.0 / lengths[b];
    }
    return outputs.sum(0).times(Tensor.of(shares, Shape.of(lengths.length, 1), outputs.backend()));
  }

  static Tensor max(Tensor outputs, int[] lengths) {
    if (lengths == null) {
      return outputs.max(0);
    }
    int steps = outputs.size(0);
    double[] past = new double[steps * lengths.length];
    for (int i = 0; i < past.length; i++) {
      past[i] = i / lengths.length < lengths[i % lengths.length] ? 0 : NEVER;
    }
    Shape shape = Shape.of(steps, lengths.length, 1);
    return outputs.plus(Tensor.of(past, shape, outputs.backend())).max(0);
  }
}
