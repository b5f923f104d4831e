package unroll.kernel.eval;

import java.util.regex.Pattern;

/** The few terminal colours of an error; front ends turn them into their own theme's. */
final class Ansi {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");

  private Ansi() {}

  static String red(String text) {
    return "\u001b[31m" + text + "\u001b[0m";
  }

  static String bold(String text) {
    return "\u001b[1;31m" + text + "\u001b[0m";
  }

  static String faint(String text) {
    return "\u001b[2m" + text + "\u001b[0m";
  }

  static String strip(String text) {
    return ESCAPE.matcher(text).replaceAll("");
  }
}
