package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Splits a cell into snippets of Java and magics. A magic is a line whose first character is a
 * {@code %} with a letter behind it, where the Java before it is complete: so a remainder operator
 * that begins a line is still Java if a space follows it, as are lines in a text block or comment.
 * A magic with two signs takes the rest of the cell as its body.
 */
final class CellParser {
  private static final Pattern MAGIC = Pattern.compile("(?m)^[ \\t]*%%?\\p{L}");

  private final SourceCodeAnalysis analysis;

  CellParser(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
  }

  /** The parts in their order. Text that is no valid Java makes one part, up to the next magic. */
  List<CellPart> parse(String cell) {
    var parts = new ArrayList<CellPart>();
    int at = skipSpace(cell, 0);
    while (at < cell.length()) {
      if (isMagic(cell, at)) {
        at = magic(cell, at, parts);
      } else {
        at = java(cell, at, parts);
      }
      at = skipSpace(cell, at);
    }
    return parts;
  }

  private static int magic(String cell, int at, List<CellPart> parts) {
    int end = cell.indexOf('\n', at);
    if (end < 0) {
      end = cell.length();
    }
    boolean cellForm = cell.startsWith("%%", at);
    var body = cellForm ? cell.substring(Math.min(end + 1, cell.length())) : null;
    parts.add(new CellPart.Magic(at, cell.substring(at, end), body));
    return cellForm ? cell.length() : end;
  }

  private int java(String cell, int at, List<CellPart> parts) {
    int end = nextMagic(cell, at);
    int first = end;
    while (true) {
      var text = cell.substring(at, end);
      var info = analysis.analyzeCompletion(text);
      switch (info.completeness()) {
        case COMPLETE, COMPLETE_WITH_SEMI -> {
          int next = end - info.remaining().length();
          parts.add(snippet(at, info));
          return next;
        }
        case EMPTY -> {
          return end;
        }
        default -> {
          if (end < cell.length()) {
            end = nextMagic(cell, end + 1); // the line that looked like a magic may be inside
          } else {
            return unfinished(cell, at, first, parts);
          }
        }
      }
    }
  }

  private static CellPart snippet(int at, CompletionInfo info) {
    boolean silent =
        info.completeness() == Completeness.COMPLETE && info.source().stripTrailing().endsWith(";");
    return new CellPart.Java(at, info.source(), silent, true);
  }

  /** No reading of the text was complete: take it up to the first magic, as it is. */
  private int unfinished(String cell, int at, int end, List<CellPart> parts) {
    var text = cell.substring(at, end).stripTrailing();
    boolean mayEnd =
        analysis.analyzeCompletion(text).completeness() == Completeness.CONSIDERED_INCOMPLETE;
    parts.add(
        mayEnd
            ? new CellPart.Java(at, text + ";", false, true)
            : new CellPart.Java(at, text, true, false));
    return end;
  }

  private static boolean isMagic(String cell, int at) {
    int lineStart = cell.lastIndexOf('\n', at - 1) + 1;
    return cell.substring(lineStart, at).isBlank()
        && MAGIC.matcher(cell).region(at, cell.length()).lookingAt();
  }

  private static int nextMagic(String cell, int from) {
    var matcher = MAGIC.matcher(cell);
    return matcher.find(from) ? matcher.start() : cell.length();
  }

  private static int skipSpace(String cell, int at) {
    int i = at;
    while (i < cell.length() && Character.isWhitespace(cell.charAt(i))) {
      i++;
    }
    return i;
  }
}
