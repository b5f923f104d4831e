package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * The source of one cell, or of a file that a cell runs, to name lines and mark places in it.
 *
 * @param number the execution count of the cell
 * @param text its source
 * @param name how it is called in messages
 */
record SourceText(int number, String text, String name) {
  private static final int BEFORE = 2;

  /** The source of a cell. */
  SourceText(int number, String text) {
    this(number, text, "Cell [" + number + "]");
  }

  /** The line of an offset, counted from 1. */
  int line(int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** The offset of the last character of a line, without its line end. */
  int lineEnd(int line) {
    int start = 0;
    for (int n = 1; n < line && start >= 0; n++) {
      start = text.indexOf('\n', start) + 1;
    }
    int end = text.indexOf('\n', start);
    return Math.max(start, (end < 0 ? text.length() : end) - 1);
  }

  /** How a line is named in messages. */
  String place(int line) {
    return name + ", line " + line;
  }

  /** A line and the two before it, with an arrow at the line. */
  List<String> excerpt(int line) {
    var lines = text.split("\n", -1);
    var shown = new ArrayList<String>();
    for (int n = Math.max(1, line - BEFORE); n <= Math.min(line, lines.length); n++) {
      var numbered = String.format("%4d │ %s", n, lines[n - 1].stripTrailing());
      shown.add(n == line ? Ansi.bold("→") + numbered.substring(1) : Ansi.faint(numbered));
    }
    return shown;
  }

  /**
   * The same with the characters between two offsets underlined, to the end of the line at most.
   */
  List<String> excerpt(int from, int to) {
    int line = line(from);
    var shown = new ArrayList<>(excerpt(line));
    int lineStart = text.lastIndexOf('\n', from - 1) + 1;
    int lineEnd = text.indexOf('\n', from);
    if (lineEnd < 0) {
      lineEnd = text.length();
    }
    var indent = text.substring(lineStart, Math.min(from, text.length())).replaceAll("[^\t]", " ");
    int width = Math.max(1, Math.min(to, lineEnd) - from);
    shown.add("     │ " + indent + Ansi.bold("^" + "~".repeat(width - 1)));
    return shown;
  }
}
