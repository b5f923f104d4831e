package unroll.kernel.magic;

/**
 * One magic: everything that is said of it and done by it. The help, the completion, the page of
 * the documentation and the errors of a wrong call are all made from this value.
 *
 * @param name the word after the {@code %}
 * @param syntax how it is called, a line for each form: {@code %time STATEMENT} for the line form,
 *     {@code %%time} for the cell form. A form that has no line here is refused
 * @param summary what it does, in a sentence
 * @param details more about it: its arguments, what it leaves behind; may be empty
 * @param example a cell that shows it at work; may be empty
 * @param evaluation what it does
 * @param completion what may stand where an argument begins
 */
public record Magic(
    String name,
    String syntax,
    String summary,
    String details,
    String example,
    Evaluation evaluation,
    Completion completion) {

  /** A magic without an example. */
  public Magic(
      String name,
      String syntax,
      String summary,
      String details,
      Evaluation evaluation,
      Completion completion) {
    this(name, syntax, summary, details, "", evaluation, completion);
  }

  /** What a magic does when it is called. */
  @FunctionalInterface
  public interface Evaluation {

    /**
     * Does it.
     *
     * @return the value to display; null for none
     * @throws MagicException if the arguments are wrong; the usage line is added to its message
     * @throws Exception anything that went wrong while the magic did its work
     */
    Object evaluate(MagicCall call, MagicContext context) throws Exception;
  }

  /** Whether it may be called in a line, {@code %name}. */
  public boolean hasLineForm() {
    return syntax.lines().anyMatch(line -> !line.startsWith("%%"));
  }

  /** Whether it may be called with the rest of a cell below it, {@code %%name}. */
  public boolean hasCellForm() {
    return syntax.lines().anyMatch(line -> line.startsWith("%%"));
  }

  /** The usage that ends the message of a wrong call. */
  public String usage() {
    return "usage: " + syntax.replace("\n", "\n       ");
  }
}
