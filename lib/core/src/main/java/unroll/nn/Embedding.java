package unroll.nn;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import unroll.autograd.Parameter;
import unroll.data.TokenBatch;
import unroll.data.Vocabulary;
import unroll.tensor.Generator;
import unroll.tensor.Shape;
import unroll.tensor.Tensor;

/**
 * A vector for each token of a vocabulary.
 *
 * <pre>
 * y[t, b] = weight[tokens[t, b]]
 * tokens  [time, batch], each from 0 to size - 1
 * weight  [size, features]
 * y       [time, batch, features]
 * </pre>
 *
 * <p>With a {@linkplain #padding padding token}, y is zero there and its row never changes.
 *
 * <p>Starts normal with mean 0 and standard deviation 1, as PyTorch's {@code nn.Embedding} does.
 */
public final class Embedding implements Trainable {

  private static final int NONE = -1;

  private final Parameter weight;
  private final int padding;
  private final Vocabulary vocabulary;

  private Embedding(Parameter weight, int padding, Vocabulary vocabulary) {
    this.weight = weight;
    this.padding = padding;
    this.vocabulary = vocabulary;
  }

  /** A vector for each token of a vocabulary; its numbers come from the session's generator. */
  public static Embedding of(Vocabulary vocabulary, int features) {
    return of(vocabulary, features, Generator.session());
  }

  /** A vector for each token of a vocabulary; its numbers come from the given generator. */
  public static Embedding of(Vocabulary vocabulary, int features, Generator generator) {
    return new Embedding(of(vocabulary.size(), features, generator).weight, NONE, vocabulary);
  }

  /** A table on the current backend; its numbers come from the session's generator. */
  public static Embedding of(int size, int features) {
    return of(size, features, Generator.session());
  }

  /** A table on the current backend; its numbers come from the given generator. */
  public static Embedding of(int size, int features, Generator generator) {
    if (size < 1 || features < 1) {
      throw new IllegalArgumentException(
          "Embedding: sizes must be at least 1, got %d and %d".formatted(size, features));
    }
    double[] values = new double[size * features];
    generator.fillNormal(values, 0, 1);
    return new Embedding(Parameter.of("weight", Tensor.of(values, size, features)), NONE, null);
  }

  /**
   * The same table with a token that stands for nothing: its vector is zero whatever its row says,
   * and no gradient flows into that row. As PyTorch's {@code padding_idx}, which also sets the row
   * to zero.
   *
   * @throws IllegalArgumentException if the token is none
   */
  public Embedding padding(int token) {
    requireToken(token);
    return new Embedding(weight, token, vocabulary);
  }

  /**
   * The vectors of some tokens.
   *
   * @param tokens row major, [time, batch]
   * @return [time, batch, features]
   * @throws IllegalArgumentException if their number is not time times batch, or a token is none
   */
  public Tensor lookup(int[] tokens, int time, int batch) {
    if (tokens.length != time * batch) {
      throw new IllegalArgumentException(
          "Embedding: [%d, %d] needs %d tokens, got %d"
              .formatted(time, batch, time * batch, tokens.length));
    }
    boolean padded = false;
    for (int token : tokens) {
      requireToken(token);
      padded |= token == padding;
    }
    Tensor y = weight.value().gather(tokens).reshape(time, batch, weight.shape().size(1));
    return padded ? y.times(mask(tokens, time, batch)) : y;
  }

  /** Zeros where the token stands for nothing, otherwise ones: [time, batch, 1]. */
  private Tensor mask(int[] tokens, int time, int batch) {
    double[] mask = Arrays.stream(tokens).mapToDouble(t -> t == padding ? 0 : 1).toArray();
    return Tensor.of(mask, Shape.of(time, batch, 1), weight.backend());
  }

  private void requireToken(int token) {
    if (token < 0 || token >= weight.shape().size(0)) {
      throw new IllegalArgumentException(
          "Embedding: tokens must be from 0 to %d, got %d"
              .formatted(weight.shape().size(0) - 1, token));
    }
  }

  /** The vectors of some sequences, [time, batch, features]. */
  public Tensor lookup(TokenBatch batch) {
    return lookup(batch.tokens(), batch.steps(), batch.batch());
  }

  /** Whose tokens these are, if it was made for a vocabulary. */
  public Optional<Vocabulary> vocabulary() {
    return Optional.ofNullable(vocabulary);
  }

  /** How many tokens have a vector. */
  public int size() {
    return weight.shape().size(0);
  }

  /** How many numbers a vector has. */
  public int features() {
    return weight.shape().size(1);
  }

  @Override
  public Map<String, Parameter> parameters() {
    return Map.of(weight.name(), weight);
  }

  @Override
  public String toString() {
    return "Embedding " + weight.shape().size(0) + " → " + weight.shape().size(1);
  }
}
