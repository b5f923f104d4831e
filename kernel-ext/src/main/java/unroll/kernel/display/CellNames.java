package unroll.kernel.display;

import java.util.regex.Pattern;

/** The names of classes of cells, as their author wrote them. */
public final class CellNames {
  /** JShell puts each snippet into a class of its own. */
  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$\\w+\\$");

  private CellNames() {}

  /** The text with JShell's wrapper classes left out of all names. */
  public static String clean(String text) {
    return WRAPPER.matcher(text).replaceAll("");
  }
}
