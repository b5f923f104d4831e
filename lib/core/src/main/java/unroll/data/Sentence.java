package unroll.data;

import java.util.List;

/**
 * A sentence that bears a label.
 *
 * @param text as it was written
 * @param tokens its words
 * @param label such as "positive"
 */
public record Sentence(String text, List<String> tokens, String label) {

  /** The sentence, then its label. */
  @Override
  public String toString() {
    return text + " (" + label + ")";
  }
}
