package unroll.plot;

import java.util.ArrayList;
import java.util.List;

/** Lines of characters of a terminal. */
final class TextLines {
  /** The least width of a figure in characters. */
  private static final int LEAST = 40;

  private TextLines() {}

  static void check(String figure, int columns) {
    if (columns < LEAST) {
      throw new IllegalArgumentException(
          figure + ".text: needs at least " + LEAST + " columns, got " + columns);
    }
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  static String left(String text, int width) {
    String cut = cut(text, width);
    return cut + " ".repeat(width - cut.length());
  }

  static String centre(String text, int width) {
    String cut = cut(text, width);
    return left(" ".repeat((width - cut.length()) / 2) + cut, width);
  }

  static String cut(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    return width < 1 ? "" : text.substring(0, width - 1) + "…";
  }

  /** Joins words, with spaces between, into lines that fit. */
  static List<String> wrap(List<String> words, int spaces, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (line.length() > 0 && line.length() + spaces + word.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ".repeat(spaces)).append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** One string, without blanks at the ends of lines, no line longer than allowed. */
  static String join(List<String> lines, int columns) {
    StringBuilder out = new StringBuilder();
    for (String line : lines) {
      out.append(cut(line.stripTrailing(), columns)).append('\n');
    }
    return out.toString();
  }
}
