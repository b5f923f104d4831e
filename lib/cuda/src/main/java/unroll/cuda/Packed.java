package unroll.cuda;

import unroll.backend.Buffer;
import unroll.backend.Recurrence;

/**
 * A layer's weights in cuDNN's order, and what they were made from: they hold until one of the
 * weights is written to.
 *
 * @param plan the layer
 * @param sources weights and biases, or null where there is none
 * @param versions the sources' versions
 * @param space the weights as cuDNN wants them
 */
record Packed(LayerPlan plan, CudaBuffer[] sources, int[] versions, CudaBuffer space) {

  static Packed of(LayerPlan plan, Recurrence.Weights weights, CudaBuffer space) {
    WeightLayout.Part[] parts = WeightLayout.Part.values();
    CudaBuffer[] sources = new CudaBuffer[parts.length];
    int[] versions = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Buffer source = parts[i].of(weights);
      if (source != null) {
        sources[i] = CudaBuffer.of(source);
        versions[i] = sources[i].storage().version();
      }
    }
    return new Packed(plan, sources, versions, space);
  }

  /** Whether these are the weights of a layer of this plan, as they are now. */
  boolean holds(LayerPlan other, Recurrence.Weights weights) {
    if (!sameWeights(other)) {
      return false;
    }
    WeightLayout.Part[] parts = WeightLayout.Part.values();
    for (int i = 0; i < parts.length; i++) {
      Buffer now = parts[i].of(weights);
      boolean same = now == null ? sources[i] == null : now.equals(sources[i]);
      if (!same || (now != null && versions[i] != sources[i].storage().version())) {
        return false;
      }
    }
    return true;
  }

  /** The length of the sequence and the batch do not matter to the weights. */
  private boolean sameWeights(LayerPlan other) {
    Recurrence a = plan.shape();
    Recurrence b = other.shape();
    return a.kind() == b.kind()
        && a.inputSize() == b.inputSize()
        && a.hiddenSize() == b.hiddenSize()
        && plan.hasBias() == other.hasBias()
        && plan.persistent() == other.persistent()
        && plan.math() == other.math();
  }
}
