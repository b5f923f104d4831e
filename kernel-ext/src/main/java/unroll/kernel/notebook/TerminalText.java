package unroll.kernel.notebook;

import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal would show of a stream of text: a carriage return goes back to the start of the
 * line, a backspace one character back, and what follows overwrites. So a progress bar that redraws
 * itself a thousand times leaves one line, and needs the memory of one. Colours are kept; other
 * escape sequences are dropped, but for "erase the line".
 */
final class TerminalText {

  private static final char ESCAPE = 27;

  private final StringBuilder done = new StringBuilder();
  private final List<String> line = new ArrayList<>();
  private int cursor;
  private String colour = "";
  private String unfinished = "";

  /** Takes the next piece of the stream, wherever it was cut. */
  void append(String piece) {
    String text = unfinished + piece;
    unfinished = "";
    for (int i = 0; i < text.length(); ) {
      if (line.isEmpty() && colour.isEmpty()) {
        int end = plainLines(text, i);
        done.append(text, i, end);
        i = end;
        if (i == text.length()) {
          return;
        }
      }
      char c = text.charAt(i);
      if (c == ESCAPE) {
        int end = escapeEnd(text, i);
        if (end < 0) {
          unfinished = text.substring(i);
          return;
        }
        escape(text.substring(i, end));
        i = end;
      } else {
        put(c);
        i++;
      }
    }
  }

  /** Where the whole lines without control characters end that start here. */
  private static int plainLines(String text, int start) {
    int end = start;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        end = i + 1;
      } else if (c == '\r' || c == '\b' || c == ESCAPE) {
        break;
      }
    }
    return end;
  }

  private void put(char c) {
    switch (c) {
      case '\n' -> {
        line.forEach(done::append);
        done.append(colour).append('\n');
        line.clear();
        cursor = 0;
        colour = "";
      }
      case '\r' -> cursor = 0;
      case '\b' -> cursor = Math.max(0, cursor - 1);
      default -> {
        String shown = colour + c;
        colour = "";
        if (cursor < line.size()) {
          line.set(cursor, shown);
        } else {
          line.add(shown);
        }
        cursor++;
      }
    }
  }

  /** The index after an escape sequence; -1 if the text ends within it. */
  private static int escapeEnd(String text, int start) {
    if (start + 1 == text.length()) {
      return -1;
    }
    if (text.charAt(start + 1) != '[') {
      return start + 2;
    }
    for (int i = start + 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '@' && c <= '~') {
        return i + 1;
      }
    }
    return -1;
  }

  private void escape(String sequence) {
    if (sequence.endsWith("m")) {
      colour += sequence;
    } else if (sequence.endsWith("K")) {
      boolean all = sequence.endsWith("2K");
      line.subList(all ? 0 : Math.min(cursor, line.size()), line.size()).clear();
      cursor = Math.min(cursor, line.size());
    }
  }

  /** What is to be seen so far. */
  @Override
  public String toString() {
    return done + String.join("", line) + colour;
  }
}
