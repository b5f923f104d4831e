package unroll.kernel.eval;

import java.util.List;
import unroll.kernel.assist.Candidate;

/**
 * What could stand at the cursor.
 *
 * @param candidates each to replace the part from {@code start} to {@code end}
 * @param start offset in the source of the first character to replace
 * @param end offset after the last character to replace
 */
public record Completions(List<Candidate> candidates, int start, int end) {

  /** Copies the list. */
  public Completions {
    candidates = List.copyOf(candidates);
  }

  /** The texts alone. */
  public List<String> matches() {
    return candidates.stream().map(Candidate::text).toList();
  }
}
