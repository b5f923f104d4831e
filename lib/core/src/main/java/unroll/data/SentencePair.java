package unroll.data;

import java.util.List;

/**
 * A sentence and its translation.
 *
 * @param source as it was written
 * @param sourceTokens its words
 * @param target its translation
 * @param targetTokens the translation's words
 */
public record SentencePair(
    String source, List<String> sourceTokens, String target, List<String> targetTokens) {

  /** A pair of texts, taken apart into words. */
  public static SentencePair of(String source, String target) {
    Tokenizer words = Tokenizer.words();
    return new SentencePair(source, words.tokens(source), target, words.tokens(target));
  }

  /** The sentence, an arrow, and its translation. */
  @Override
  public String toString() {
    return source + " → " + target;
  }
}
