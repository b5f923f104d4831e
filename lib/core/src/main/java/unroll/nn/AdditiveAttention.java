package unroll.nn;

import java.util.Arrays;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;
import unroll.tensor.Tensors;

/**
 * score = v · tanh(W query + U key); all start as a {@link Linear} layer's weight.
 *
 * @param query W [size, querySize]
 * @param key U [size, keySize]
 * @param score v [1, size]
 */
public record AdditiveAttention(Linear query, Linear key, Linear score) implements Attention {

  static AdditiveAttention of(int querySize, int keySize, int size, Generator generator) {
    requireSizes("additive", querySize, keySize, size);
    return new AdditiveAttention(
        Linear.of(querySize, size, generator).withoutBias(),
        Linear.of(keySize, size, generator).withoutBias(),
        Linear.of(size, 1, generator).withoutBias());
  }

  static void requireSizes(String which, int... sizes) {
    if (Arrays.stream(sizes).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "Attention.%s: sizes must be at least 1, got %s"
              .formatted(which, Arrays.toString(sizes)));
    }
  }

  static void requireKeys(Attention attention, Tensor keys, int keySize) {
    if (keys.size(2) != keySize) {
      throw new IllegalArgumentException(
          "%s: keys must be [time, batch, %d], got %s".formatted(attention, keySize, keys.shape()));
    }
  }

  @Override
  public Tensor prepare(Tensor keys) {
    requireKeys(this, keys, key.inputSize());
    return key.apply(keys);
  }

  @Override
  public Tensor scores(Tensor asked, Tensor prepared) {
    if (asked.size(1) != query.inputSize()) {
      throw new IllegalArgumentException(
          "%s: query must be [batch, %d], got %s"
              .formatted(this, query.inputSize(), asked.shape()));
    }
    Tensor all = score.apply(Tensors.tanh(prepared.plus(query.apply(asked))));
    return all.reshape(prepared.size(0), prepared.size(1));
  }

  @Override
  public String toString() {
    return "Attention additive %d + %d → %d"
        .formatted(query.inputSize(), key.inputSize(), key.outputSize());
  }
}
