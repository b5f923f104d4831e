package unroll.nn;

import unroll.tensor.Tensor;

/**
 * score = query · key, or that over √q.
 *
 * @param scaled whether it is divided
 */
public record DotAttention(boolean scaled) implements Attention {

  @Override
  public Tensor scores(Tensor query, Tensor keys) {
    Tensor products = products(this, query, keys);
    return scaled ? products.dividedBy(Math.sqrt(query.size(1))) : products;
  }

  /** query[b] · keys[t, b], [time, batch]. */
  static Tensor products(Attention attention, Tensor query, Tensor keys) {
    if (query.size(1) != keys.size(2)) {
      throw new IllegalArgumentException(
          "%s: query must be [batch, %d] for these keys, got %s"
              .formatted(attention, keys.size(2), query.shape()));
    }
    return keys.times(query).sum(-1);
  }

  @Override
  public String toString() {
    return scaled ? "Attention scaled dot" : "Attention dot";
  }
}
