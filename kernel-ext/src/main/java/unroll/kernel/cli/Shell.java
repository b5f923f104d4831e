package unroll.kernel.cli;

import unroll.plot.Figure;

/** What a JShell of Unroll can call by its bare name. */
public final class Shell {

  private static final int COLUMNS = 80;

  private Shell() {}

  /**
   * Shows a value: a figure drawn with characters, anything else as its text.
   *
   * @param value to be shown; may be null
   */
  @SuppressWarnings("SystemOut") // a terminal is what this is for
  public static void display(Object value) {
    System.out.println(value instanceof Figure figure ? figure.text(COLUMNS) : value);
  }
}
