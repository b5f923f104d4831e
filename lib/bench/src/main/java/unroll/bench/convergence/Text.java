package unroll.bench.convergence;

import java.util.Arrays;
import unroll.tensor.Generator;

/**
 * The text that the character model learns: the last tenth is the validation part. A character's
 * token is its rank among the characters that occur.
 *
 * @param text all of it
 */
record Text(String text) {

  private static final int CHARACTERS = 600_000;
  private static final long SEED = 2026;

  /** What the benchmark's grammar writes: always the same. */
  static Text tales() {
    return new Text(Grammar.tales().write(CHARACTERS, Generator.of(SEED)));
  }

  int[] characters() {
    return text.chars().distinct().sorted().toArray();
  }

  private int[] tokens(int from, int to) {
    int[] characters = characters();
    return text.chars()
        .skip(from)
        .limit(to - from)
        .map(c -> Arrays.binarySearch(characters, c))
        .toArray();
  }

  private int heldOut() {
    return text.length() - text.length() / 10;
  }

  TextRows training(int batch) {
    return new TextRows(tokens(0, heldOut()), batch);
  }

  TextRows validation(int batch) {
    return new TextRows(tokens(heldOut(), text.length()), batch);
  }
}
