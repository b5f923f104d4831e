package unroll.nn;

import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * score = query · W key; W starts as a {@link Linear} layer's weight.
 *
 * @param key W [querySize, keySize]
 */
public record MultiplicativeAttention(Linear key) implements Attention {

  static MultiplicativeAttention of(int querySize, int keySize, Generator generator) {
    AdditiveAttention.requireSizes("multiplicative", querySize, keySize);
    return new MultiplicativeAttention(Linear.of(keySize, querySize, generator).withoutBias());
  }

  @Override
  public Tensor prepare(Tensor keys) {
    AdditiveAttention.requireKeys(this, keys, key.inputSize());
    return key.apply(keys);
  }

  @Override
  public Tensor scores(Tensor query, Tensor prepared) {
    return DotAttention.products(this, query, prepared);
  }

  @Override
  public String toString() {
    return "Attention multiplicative " + key.outputSize() + " · " + key.inputSize();
  }
}
