package unroll.data;

import java.util.List;

/**
 * Sentences and their translations, in three parts, with a vocabulary for each language.
 *
 * <p>The file is UTF-8 with a header line, {@code english<TAB>french<TAB>part}; a part is train,
 * validation or test. The vocabularies come from the training part only.
 */
public final class SentencePairs {

  private final Split<List<SentencePair>> parts;
  private final Vocabulary source;
  private final Vocabulary target;

  private SentencePairs(Split<List<SentencePair>> parts, int limit) {
    this.parts = parts;
    source =
        Vocabulary.reading(parts.train().stream().map(SentencePair::sourceTokens).toList(), limit);
    target =
        Vocabulary.writing(parts.train().stream().map(SentencePair::targetTokens).toList(), limit);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if the file is not as described; names the line and the column
   */
  public static SentencePairs read(String path) {
    TsvFile file = TsvFile.read("SentencePairs.read", path, "english", "french", "part");
    return of(file.split(row -> SentencePair.of(row.cells().get(0), row.cells().get(1))));
  }

  /** Pairs from elsewhere than a file. */
  public static SentencePairs of(Split<List<SentencePair>> parts) {
    return new SentencePairs(parts, Integer.MAX_VALUE);
  }

  /** The same pairs with vocabularies of at most so many tokens each, the special ones included. */
  public SentencePairs vocabulary(int limit) {
    return new SentencePairs(parts, limit);
  }

  /** The words of the sentences, for a network that reads them. */
  public Vocabulary source() {
    return source;
  }

  /** The words of the translations, for a network that writes them. */
  public Vocabulary target() {
    return target;
  }

  /** What is learnt from. */
  public List<SentencePair> train() {
    return parts.train();
  }

  /** What early stopping looks at. */
  public List<SentencePair> validation() {
    return parts.validation();
  }

  /** What nothing looks at before the last measurement. */
  public List<SentencePair> test() {
    return parts.test();
  }

  /** Sizes and vocabularies, in a line. */
  @Override
  public String toString() {
    return "SentencePairs: %,d to learn from, %,d for validation, %,d to test; %,d and %,d tokens"
        .formatted(
            train().size(), validation().size(), test().size(), source.size(), target.size());
  }
}
