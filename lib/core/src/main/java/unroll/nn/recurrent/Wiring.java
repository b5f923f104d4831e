package unroll.nn.recurrent;

import unroll.nn.Dropout;
import unroll.tensor.Tensor;

/**
 * How layers of one kind are put together.
 *
 * @param inputSize the features of an input
 * @param layers how many lie one above the other
 * @param merge how two directions become one output; null for one direction
 * @param dropout the share of a layer's outputs that the next one does not get to see
 * @param recurrentDropout the share of the hidden state that a step does not see of the one before
 * @param learned whether the initial state is learned
 */
record Wiring(
    int inputSize,
    int layers,
    Merge merge,
    double dropout,
    double recurrentDropout,
    boolean learned) {

  static Wiring of(int inputSize) {
    return new Wiring(inputSize, 1, null, 0, 0, false);
  }

  Wiring withLayers(String layer, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(layer + ".layers: must be at least 1, got " + count);
    }
    return new Wiring(inputSize, count, merge, dropout, recurrentDropout, learned);
  }

  Wiring withMerge(Merge both) {
    return new Wiring(inputSize, layers, both, dropout, recurrentDropout, learned);
  }

  Wiring withDropout(String layer, double p) {
    Dropout.requireProbability(layer + ".dropout", p);
    return new Wiring(inputSize, layers, merge, p, recurrentDropout, learned);
  }

  Wiring withRecurrentDropout(String layer, double p) {
    Dropout.requireProbability(layer + ".recurrentDropout", p);
    return new Wiring(inputSize, layers, merge, dropout, p, learned);
  }

  Wiring withLearnedStart() {
    return new Wiring(inputSize, layers, merge, dropout, recurrentDropout, true);
  }

  int directions() {
    return merge == null ? 1 : 2;
  }

  /** Runs over a sequence in one direction, of all layers. */
  int tracks() {
    return layers * directions();
  }

  /** The size of a layer's output for what one direction shows. */
  int outputSize(int shownSize) {
    return merge == null ? shownSize : merge.size(shownSize);
  }

  Tensor merged(Tensor forward, Tensor reverse) {
    return merge == null ? forward : merge.of(forward, reverse);
  }

  /** PyTorch's ending of the parameters' names of a track: {@code _l1_reverse}. */
  String suffix(int track) {
    return "_l" + track / directions() + (isReverse(track) ? "_reverse" : "");
  }

  boolean isReverse(int track) {
    return track % directions() == 1;
  }

  /** What is particular about it, for {@code toString}. */
  String remarks() {
    return (layers > 1 ? " ×" + layers : "")
        + (merge == null ? "" : merge == Merge.SUM ? " bidirectional sum" : " bidirectional")
        + (dropout > 0 ? " dropout " + dropout : "")
        + (recurrentDropout > 0 ? " recurrent dropout " + recurrentDropout : "")
        + (learned ? " learned start" : "");
  }
}
