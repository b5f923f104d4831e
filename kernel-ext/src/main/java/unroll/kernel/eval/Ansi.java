package unroll.kernel.eval;

import java.util.regex.Pattern;

/** The few marks of an error's text that terminals and front ends know. */
final class Ansi {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");

  private Ansi() {}

  /** Stands out in every theme; red would not, on the red ground that JupyterLab gives an error. */
  static String bold(String text) {
    return "\u001b[1m" + text + "\u001b[0m";
  }

  static String faint(String text) {
    return "\u001b[2m" + text + "\u001b[0m";
  }

  static String strip(String text) {
    return ESCAPE.matcher(text).replaceAll("");
  }
}
