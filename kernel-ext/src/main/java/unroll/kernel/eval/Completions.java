package unroll.kernel.eval;

import java.util.List;

/**
 * What could stand at the cursor.
 *
 * @param matches the texts, each to replace the part from {@code start} to {@code end}
 * @param start offset in the source of the first character to replace
 * @param end offset after the last character to replace
 */
public record Completions(List<String> matches, int start, int end) {

  /** Copies the list. */
  public Completions {
    matches = List.copyOf(matches);
  }
}
