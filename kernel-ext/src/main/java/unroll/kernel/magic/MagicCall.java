package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call of a magic, as it was typed.
 *
 * @param name the word after the {@code %}
 * @param text everything after the name, without a comment at its end
 * @param arguments the text split at spaces; double quotes keep an argument together
 * @param body the lines below, in the cell form {@code %%name}; empty in the line form
 */
public record MagicCall(String name, String text, List<String> arguments, Optional<String> body) {

  /** Copies the list. */
  public MagicCall {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads a line that begins with {@code %} or {@code %%}.
   *
   * @param body the lines below it, for the cell form
   */
  public static MagicCall parse(String line, Optional<String> body) {
    var stripped = line.strip();
    var rest = stripped.substring(stripped.startsWith("%%") ? 2 : 1);
    int end = 0;
    while (end < rest.length() && isNamePart(rest.charAt(end))) {
      end++;
    }
    var text = withoutComment(rest.substring(end)).strip();
    return new MagicCall(rest.substring(0, end), text, split(text), body);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  /** The text up to {@code //}, where that follows a space and is not in quotes. */
  private static String withoutComment(String text) {
    boolean quoted = false;
    for (int i = 0; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      }
      boolean afterSpace = i == 0 || Character.isWhitespace(text.charAt(i - 1));
      if (!quoted && afterSpace && c == '/' && text.charAt(i + 1) == '/') {
        return text.substring(0, i);
      }
    }
    return text;
  }

  private static List<String> split(String text) {
    var arguments = new ArrayList<String>();
    var current = new StringBuilder();
    boolean quoted = false;
    boolean started = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        started = true;
      } else if (Character.isWhitespace(c) && !quoted) {
        if (started) {
          arguments.add(current.toString());
        }
        current.setLength(0);
        started = false;
      } else {
        current.append(c);
        started = true;
      }
    }
    if (started) {
      arguments.add(current.toString());
    }
    return arguments;
  }
}
