package unroll.kernel.assist;

import java.util.ArrayDeque;
import java.util.Deque;

/** Where a piece of Java that breaks off stands: in which brackets, in a string, in a comment. */
public final class CodeScan {
  private enum State {
    CODE,
    STRING,
    TEXT_BLOCK,
    CHARACTER,
    LINE_COMMENT,
    COMMENT
  }

  private final String code;
  private final Deque<Character> open = new ArrayDeque<>();
  private State state = State.CODE;
  private int literalStart;
  private int firstBrace = -1;

  private CodeScan(String code) {
    this.code = code;
  }

  /** Reads code up to its end. */
  public static CodeScan of(String code) {
    var scan = new CodeScan(code);
    int at = 0;
    while (at < code.length()) {
      at = scan.step(at);
    }
    return scan;
  }

  /** Reads what begins at an offset; the offset after it. */
  private int step(int at) {
    char c = code.charAt(at);
    switch (state) {
      case CODE -> {
        return inCode(at, c);
      }
      case STRING, CHARACTER -> {
        boolean ends = c == (state == State.STRING ? '"' : '\'') || c == '\n';
        state = ends ? State.CODE : state;
        return at + (c == '\\' ? 2 : 1);
      }
      case TEXT_BLOCK -> {
        return leaveAt("\"\"\"", at, c == '\\' ? 2 : 1);
      }
      case COMMENT -> {
        return leaveAt("*/", at, 1);
      }
      default -> {
        return leaveAt("\n", at, 1);
      }
    }
  }

  private int leaveAt(String end, int at, int otherwise) {
    if (code.startsWith(end, at)) {
      state = State.CODE;
      return at + end.length();
    }
    return at + otherwise;
  }

  private int inCode(int at, char c) {
    if (code.startsWith("//", at)) {
      return enter(State.LINE_COMMENT, at, 2);
    }
    if (code.startsWith("/*", at)) {
      return enter(State.COMMENT, at, 2);
    }
    if (code.startsWith("\"\"\"", at)) {
      return enter(State.TEXT_BLOCK, at, 3);
    }
    switch (c) {
      case '"' -> {
        return enter(State.STRING, at, 1);
      }
      case '\'' -> {
        return enter(State.CHARACTER, at, 1);
      }
      case '(', '[' -> open.push(c);
      case '{' -> {
        if (open.isEmpty() && firstBrace < 0) {
          firstBrace = at;
        }
        open.push(c);
      }
      case ')', ']', '}' -> open.poll();
      default -> {}
    }
    return at + 1;
  }

  private int enter(State next, int at, int length) {
    state = next;
    literalStart = at + length;
    return at + length;
  }

  /** What the string literal that is still open has so far; null where none is. */
  public String openString() {
    return state == State.STRING ? code.substring(Math.min(literalStart, code.length())) : null;
  }

  /** Whether the code breaks off in a comment, or in a literal of any kind. */
  public boolean inText() {
    return state != State.CODE;
  }

  /** Offset of the first brace that stands in no other brackets; -1 where there is none. */
  public int firstBrace() {
    return firstBrace;
  }

  /** What would end the code: its literal, brackets and statement. */
  String closing() {
    var closing = new StringBuilder();
    switch (state) {
      case STRING -> closing.append('"');
      case TEXT_BLOCK -> closing.append("\"\"\"");
      case CHARACTER -> closing.append("x'");
      case COMMENT -> closing.append("*/");
      case LINE_COMMENT -> closing.append('\n');
      default -> {}
    }
    for (char c : open) {
      closing.append(
          switch (c) {
            case '(' -> ")";
            case '[' -> "]";
            default -> ";}";
          });
    }
    return closing.append(";").toString();
  }
}
