package unroll.kernel.magic;

import java.util.List;

/**
 * One magic: everything that is said of it and done by it. The help, the completion and the errors
 * of a wrong call are all made from this value.
 *
 * @param name the word after the {@code %}
 * @param syntax how it is called, for instance {@code %seed N}
 * @param summary what it does, in a sentence
 * @param details more about it: arguments, an example; may be empty
 * @param evaluation what it does
 * @param completion what may stand where an argument begins
 */
public record Magic(
    String name,
    String syntax,
    String summary,
    String details,
    Evaluation evaluation,
    Completion completion) {

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

  /** What may stand where an argument begins. */
  @FunctionalInterface
  public interface Completion {

    /**
     * The possible arguments, complete ones, in the order in which to show them; those that do not
     * begin with what was typed are left out by the caller.
     *
     * @param before the arguments before the one at the cursor
     */
    List<String> candidates(List<String> before);

    /** No suggestions. */
    static Completion none() {
      return before -> List.of();
    }
  }

  /** The usage line that ends the message of a wrong call. */
  public String usage() {
    return "usage: " + syntax;
  }
}
