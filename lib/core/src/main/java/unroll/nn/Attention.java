package unroll.nn;

import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * Looks a query up among the steps of a sequence, softly: each step has a key, the better it
 * answers the query the more its value counts.
 *
 * <pre>
 * weights[b, t] = softmax over t of score(query[b], keys[t, b]), over a sequence's own steps
 * context[b]    = sum over t of weights[b, t] values[t, b]
 * query    [batch, q]
 * keys     [time, batch, k]
 * values   [time, batch, v]
 * weights  [batch, time]
 * context  [batch, v]
 *
 * dot             score = query · key                       Luong et al. 2015
 * scaled dot      score = query · key / √q                  Vaswani et al. 2017
 * multiplicative  score = query · W key                     Luong et al. 2015, "general"
 * additive        score = v · tanh(W query + U key)         Bahdanau et al. 2015
 * </pre>
 *
 * <p>A decoder that looks at the same sequence again and again asks {@link #over} once: W key and U
 * key are then computed once. A score of one's own is two methods, {@link #scores} and, if there is
 * something to compute once, {@link #prepare}.
 */
public interface Attention extends Trainable {

  /**
   * What of the keys does not depend on the query, computed once for many queries; the keys
   * themselves if there is no such thing.
   *
   * @param keys [time, batch, k]
   */
  default Tensor prepare(Tensor keys) {
    return keys;
  }

  /**
   * How well each step answers.
   *
   * @param query [batch, q]
   * @param prepared what {@link #prepare} made of the keys
   * @return [time, batch]
   */
  Tensor scores(Tensor query, Tensor prepared);

  /**
   * A sequence to be looked at by many queries.
   *
   * @param keys [time, batch, k]
   * @param values [time, batch, v]; often the keys themselves
   * @param lengths how many steps each sequence has, 0 to time, or null if all are full; a step
   *     past its sequence's length counts for nothing, but must be finite
   * @throws IllegalArgumentException if the shapes do not fit each other or a length is none
   */
  default AttentionMemory over(Tensor keys, Tensor values, int[] lengths) {
    return AttentionMemory.of(this, keys, values, lengths);
  }

  /** One query to a sequence: {@link #over} and {@link AttentionMemory#attend}. */
  default Attended attend(Tensor query, Tensor keys, Tensor values, int[] lengths) {
    return over(keys, values, lengths).attend(query);
  }

  /** score = query · key (Luong et al. 2015). No parameters; queries and keys of one size. */
  static Attention dot() {
    return new DotAttention(false);
  }

  /**
   * score = query · key / √q (Vaswani et al. 2017): the score's variance does not grow with q. No
   * parameters; queries and keys of one size.
   */
  static Attention scaledDot() {
    return new DotAttention(true);
  }

  /** score = query · W key (Luong et al. 2015), for queries and keys of one size. */
  static Attention multiplicative(int size) {
    return multiplicative(size, size);
  }

  /** score = query · W key (Luong et al. 2015); W [querySize, keySize], no bias. */
  static Attention multiplicative(int querySize, int keySize) {
    return multiplicative(querySize, keySize, Generator.session());
  }

  /** {@link #multiplicative(int, int)} with numbers from the given generator. */
  static Attention multiplicative(int querySize, int keySize, Generator generator) {
    return MultiplicativeAttention.of(querySize, keySize, generator);
  }

  /** score = v · tanh(W query + U key) (Bahdanau et al. 2015), with one size for all three. */
  static Attention additive(int size) {
    return additive(size, size, size);
  }

  /**
   * score = v · tanh(W query + U key) (Bahdanau et al. 2015); W [size, querySize], U [size,
   * keySize], v [1, size], no biases.
   */
  static Attention additive(int querySize, int keySize, int size) {
    return additive(querySize, keySize, size, Generator.session());
  }

  /** {@link #additive(int, int, int)} with numbers from the given generator. */
  static Attention additive(int querySize, int keySize, int size, Generator generator) {
    return AdditiveAttention.of(querySize, keySize, size, generator);
  }
}
