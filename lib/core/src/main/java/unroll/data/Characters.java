package unroll.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text as one long sequence of characters, in three parts by position, for a model that foresees
 * the next character. The vocabulary comes from the training part only.
 */
public final class Characters {

  private final Vocabulary vocabulary;
  private final Split<int[]> parts;

  private Characters(Vocabulary vocabulary, Split<int[]> parts) {
    this.vocabulary = vocabulary;
    this.parts = parts;
  }

  /**
   * Reads a text file, UTF-8; the last tenth is for the test, the tenth before it for validation.
   */
  public static Characters read(String path) {
    Path file = Path.of(path);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "Characters.read: %s: there is no such file; looked for %s"
              .formatted(path, file.toAbsolutePath().normalize()));
    }
    try {
      return of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Characters.read: " + path + ": is not UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("Characters.read: " + path + ": " + e.getMessage(), e);
    }
  }

  /** A text; the last tenth is for the test, the tenth before it for validation. */
  public static Characters of(String text) {
    return of(text, 0.1, 0.1);
  }

  /**
   * A text.
   *
   * @param validation the share of it that validation looks at, from 0 to less than 1
   * @param test the share at its end that the test looks at
   * @throws IllegalArgumentException if fewer than two characters are left to learn from
   */
  public static Characters of(String text, double validation, double test) {
    int[] points = text.codePoints().toArray();
    if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
      throw new IllegalArgumentException(
          "Characters: shares must be from 0 up and leave something to learn from, got %s and %s"
              .formatted(validation, test));
    }
    int testFrom = points.length - (int) Math.round(test * points.length);
    int validationFrom = testFrom - (int) Math.round(validation * points.length);
    if (validationFrom < 2) {
      throw new IllegalArgumentException(
          "Characters: needs at least two characters to learn from, got " + validationFrom);
    }
    Vocabulary vocabulary = Vocabulary.characters(new String(points, 0, validationFrom));
    return new Characters(
        vocabulary,
        new Split<>(
            encode(vocabulary, points, 0, validationFrom),
            encode(vocabulary, points, validationFrom, testFrom),
            encode(vocabulary, points, testFrom, points.length)));
  }

  private static int[] encode(Vocabulary vocabulary, int[] points, int from, int to) {
    int[] ids = new int[to - from];
    for (int i = from; i < to; i++) {
      ids[i - from] = vocabulary.id(Character.toString(points[i]));
    }
    return ids;
  }

  /** {@link Vocabulary#UNKNOWN} and the characters of the training part. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The numbers of the characters to learn from; a copy. */
  public int[] train() {
    return parts.train().clone();
  }

  /** The numbers of those for validation; a copy. */
  public int[] validation() {
    return parts.validation().clone();
  }

  /** The numbers of those for the test; a copy. */
  public int[] test() {
    return parts.test().clone();
  }

  /** Sizes and vocabulary, in a line. */
  @Override
  public String toString() {
    return "Characters: %,d to learn from, %,d for validation, %,d to test; %s"
        .formatted(
            parts.train().length, parts.validation().length, parts.test().length, vocabulary);
  }
}
