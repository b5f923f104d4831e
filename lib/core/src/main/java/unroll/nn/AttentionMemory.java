package unroll.nn;

import unroll.tensor.Shape;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/** A sequence that queries may look at, with what its keys need computed once. */
public final class AttentionMemory {

  private final Attention attention;
  private final Tensor prepared;
  private final Tensor values;
  private final Tensor mask;

  private AttentionMemory(Attention attention, Tensor prepared, Tensor values, Tensor mask) {
    this.attention = attention;
    this.prepared = prepared;
    this.values = values;
    this.mask = mask;
  }

  static AttentionMemory of(Attention attention, Tensor keys, Tensor values, int[] lengths) {
    requireSteps(attention, "keys", keys);
    requireSteps(attention, "values", values);
    int time = keys.size(0);
    int batch = keys.size(1);
    if (values.size(0) != time || values.size(1) != batch) {
      throw new IllegalArgumentException(
          "%s: values must be [%d, %d, v] as the keys, got %s"
              .formatted(attention, time, batch, values.shape()));
    }
    Tensor mask = lengths == null ? null : mask(attention, lengths, keys);
    return new AttentionMemory(attention, attention.prepare(keys), values, mask);
  }

  private static void requireSteps(Attention attention, String what, Tensor tensor) {
    if (tensor.shape().rank() != 3 || tensor.size(0) < 1) {
      throw new IllegalArgumentException(
          "%s: %s must be [time, batch, features] with time at least 1, got %s"
              .formatted(attention, what, tensor.shape()));
    }
  }

  private static Tensor mask(Attention attention, int[] lengths, Tensor keys) {
    int time = keys.size(0);
    int batch = keys.size(1);
    if (lengths.length != batch) {
      throw new IllegalArgumentException(
          "%s: needs %d lengths, one a sequence, got %d"
              .formatted(attention, batch, lengths.length));
    }
    double[] mask = new double[time * batch];
    for (int b = 0; b < batch; b++) {
      if (lengths[b] < 0 || lengths[b] > time) {
        throw new IllegalArgumentException(
            "%s: lengths must be from 0 to %d, got %d for sequence %d"
                .formatted(attention, time, lengths[b], b));
      }
      for (int t = 0; t < lengths[b]; t++) {
        mask[t * batch + b] = 1;
      }
    }
    return Tensor.of(mask, Shape.of(time, batch), keys.backend());
  }

  /**
   * Looks a query up.
   *
   * @param query [batch, q]
   * @throws IllegalArgumentException if the query's shape does not fit the keys
   */
  public Attended attend(Tensor query) {
    int time = values.size(0);
    int batch = values.size(1);
    if (query.shape().rank() != 2 || query.size(0) != batch) {
      throw new IllegalArgumentException(
          "%s: query must be [%d, q], got %s".formatted(attention, batch, query.shape()));
    }
    Tensor scores = attention.scores(query, prepared);
    Tensor weights = mask == null ? Tensors.softmax(scores, 0) : Tensors.softmax(scores, 0, mask);
    Tensor context = weights.reshape(time, batch, 1).times(values).sum(0);
    return new Attended(context, weights.transpose());
  }
}
