package unroll.kernel.notebook;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours for the source of a cell: Java, with lines of magics among it. */
final class JavaColours {

  private static final Set<String> KEYWORDS =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do double"
                  + " else enum extends final finally float for goto if implements import instanceof"
                  + " int interface long native new package private protected public record return"
                  + " sealed permits short static strictfp super switch synchronized this throw"
                  + " throws transient try var void volatile while yield true false null")
              .split(" "));

  /** The order matters: what comes first wins. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<magic>(?m:^[ \\t]*%%?[A-Za-z]\\w*))"
              + "|(?<comment>//[^\\n]*|/\\*(?s:.*?)(?:\\*/|\\z))"
              + "|(?<string>\"\"\"(?s:.*?)(?:(?<!\\\\)\"\"\"|\\z)"
              + "|\"(?:\\\\.|[^\"\\\\\\n])*+\"?|'(?:\\\\.|[^'\\\\\\n])*+'?)"
              + "|(?<annotation>@[A-Za-z_]\\w*)"
              + "|(?<number>\\b(?:0[xX][0-9a-fA-F_]+[lL]?|0[bB][01_]+[lL]?"
              + "|\\d[\\d_]*(?:\\.\\d[\\d_]*)?(?:[eE][+-]?\\d+)?[fFdDlL]?))"
              + "|(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)");

  private JavaColours() {}

  /** The source as HTML, each token of a kind in a span of that class. */
  static String html(String source) {
    StringBuilder html = new StringBuilder();
    Matcher token = TOKEN.matcher(source);
    int end = 0;
    while (token.find()) {
      html.append(Html.escape(source.substring(end, token.start())));
      String kind = kind(token, source);
      String text = Html.escape(token.group());
      html.append(kind.isEmpty() ? text : "<span class=\"" + kind + "\">" + text + "</span>");
      end = token.end();
    }
    return html.append(Html.escape(source.substring(end))).toString();
  }

  private static String kind(Matcher token, String source) {
    if (token.group("magic") != null) {
      return "m";
    }
    if (token.group("comment") != null) {
      return "c";
    }
    if (token.group("string") != null) {
      return "s";
    }
    if (token.group("annotation") != null) {
      return "a";
    }
    if (token.group("number") != null) {
      return "n";
    }
    String word = token.group("word");
    if (KEYWORDS.contains(word)) {
      return "k";
    }
    boolean called = token.end() < source.length() && source.charAt(token.end()) == '(';
    return Character.isUpperCase(word.charAt(0)) ? "t" : called ? "f" : "";
  }
}
