package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the arguments of a magic that are Java: at spaces outside of brackets and quotes, and
 * beside operators not.
 */
final class Pieces {
  private static final String OPERATORS = "+-*/%<>=&|^?:.,";

  private Pieces() {}

  /** The pieces as they were typed, quotes included. */
  static List<String> of(String text) {
    var pieces = new ArrayList<String>();
    var piece = new StringBuilder();
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        boolean escaped = c == '\\' && i + 1 < text.length();
        piece.append(c);
        if (escaped) {
          piece.append(text.charAt(++i));
        } else if (c == quote) {
          quote = 0;
        }
        continue;
      }
      if (c == '"' || c == '\'') {
        quote = c;
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (Character.isWhitespace(c) && depth <= 0) {
        end(piece, pieces);
      } else {
        piece.append(c);
      }
    }
    end(piece, pieces);
    return pieces;
  }

  private static void end(StringBuilder piece, List<String> pieces) {
    if (piece.length() > 0) {
      int last = pieces.size() - 1;
      if (last >= 0 && belong(pieces.get(last), piece.charAt(0))) {
        pieces.set(last, pieces.get(last) + " " + piece);
      } else {
        pieces.add(piece.toString());
      }
      piece.setLength(0);
    }
  }

  /** Whether two pieces make one expression: {@code new A()}, {@code a + b}. */
  private static boolean belong(String before, char next) {
    boolean isNew = before.equals("new") || before.endsWith("=new");
    return isNew
        || OPERATORS.indexOf(before.charAt(before.length() - 1)) >= 0
        || OPERATORS.indexOf(next) >= 0
        || next == '{';
  }

  /** A piece without the quotes around it. */
  static String unquoted(String piece) {
    boolean quoted = piece.length() > 1 && piece.startsWith("\"") && piece.endsWith("\"");
    return quoted ? piece.substring(1, piece.length() - 1) : piece;
  }
}
