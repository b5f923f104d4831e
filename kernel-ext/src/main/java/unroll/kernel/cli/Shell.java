package unroll.kernel.cli;

/** What a JShell of Unroll can call by its bare name. */
public final class Shell {

  private Shell() {}

  /**
   * Shows a value: a figure, a model or a table drawn with characters, anything else as its text.
   *
   * @param value to be shown; may be null
   */
  @SuppressWarnings("SystemOut") // a terminal is what this is for
  public static void display(Object value) {
    System.out.println(ShellValues.here().text(value));
  }
}
