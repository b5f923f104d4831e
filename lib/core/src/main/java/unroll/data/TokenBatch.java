package unroll.data;

import java.util.Arrays;
import java.util.List;

/**
 * Sequences of tokens side by side, shorter ones filled up.
 *
 * @param tokens time-major: token t of sequence b lies at {@code t * batch + b}
 * @param steps the length of the longest
 * @param lengths of each sequence; as many as there are sequences
 */
public record TokenBatch(int[] tokens, int steps, int[] lengths) {

  /**
   * Puts sequences side by side.
   *
   * @param sequences at least one, each of at least one token
   * @param pad the number that fills up
   */
  public static TokenBatch of(List<int[]> sequences, int pad) {
    int batch = sequences.size();
    int[] lengths = sequences.stream().mapToInt(s -> s.length).toArray();
    int steps = Arrays.stream(lengths).max().orElse(0);
    if (Arrays.stream(lengths).min().orElse(0) < 1) {
      throw new IllegalArgumentException(
          "TokenBatch: needs at least one sequence, each of at least one token, got lengths "
              + Arrays.toString(lengths));
    }
    int[] tokens = new int[steps * batch];
    Arrays.fill(tokens, pad);
    for (int b = 0; b < batch; b++) {
      int[] sequence = sequences.get(b);
      for (int t = 0; t < sequence.length; t++) {
        tokens[t * batch + b] = sequence[t];
      }
    }
    return new TokenBatch(tokens, steps, lengths);
  }

  /** How many sequences. */
  public int batch() {
    return lengths.length;
  }

  /** 1 where a token counts, 0 where it fills up; time-major. */
  public double[] mask() {
    double[] mask = new double[tokens.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i / batch() < lengths[i % batch()] ? 1 : 0;
    }
    return mask;
  }

  /** How many tokens count. */
  public int count() {
    return Arrays.stream(lengths).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenBatch that
        && steps == that.steps
        && Arrays.equals(tokens, that.tokens)
        && Arrays.equals(lengths, that.lengths);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(lengths);
  }

  @Override
  public String toString() {
    return "TokenBatch [%d, %d]".formatted(steps, batch());
  }
}
