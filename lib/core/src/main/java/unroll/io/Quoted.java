package unroll.io;

import java.util.Collection;
import java.util.List;

/** Names from files as messages show them: on one line, of bounded length. */
final class Quoted {

  private static final int LENGTH = 100;
  private static final int NAMES = 12;

  private Quoted() {}

  /** The name in quotes; characters that could garble a terminal are written as {@code \\u001b}. */
  static String name(String name) {
    return "'" + text(name) + "'";
  }

  /** The same without quotes. */
  static String text(String text) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints().limit(LENGTH).forEach(c -> append(c, quoted));
    if (text.codePointCount(0, text.length()) > LENGTH) {
      quoted.append("… (").append(text.length()).append(" characters)");
    }
    return quoted.toString();
  }

  private static void append(int c, StringBuilder to) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          to.append("\\u%04x".formatted(c));
      default -> to.appendCodePoint(c);
    }
  }

  /** Some names, the first of them where there are many. */
  static String names(Collection<String> names) {
    List<String> shown = names.stream().limit(NAMES).map(Quoted::text).toList();
    int more = names.size() - shown.size();
    return more == 0 ? shown.toString() : shown + " and " + more + " more";
  }

  /** Whether a text has half of a surrogate pair in it, which no UTF-8 can hold. */
  static boolean isBroken(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }
}
