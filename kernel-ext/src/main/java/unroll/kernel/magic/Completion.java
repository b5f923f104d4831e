package unroll.kernel.magic;

import java.util.List;
import java.util.function.Supplier;

/** What may stand where an argument of a magic begins. */
@FunctionalInterface
public interface Completion {

  /**
   * The possible arguments, complete ones, in the order in which to show them; those that do not
   * begin with the word at the cursor are left out by the caller.
   *
   * @param before the arguments before the one at the cursor
   * @param word what stands of the one at the cursor
   * @param context the session that is asked; nothing may be run in it
   */
  List<String> candidates(List<String> before, String word, MagicContext context);

  /** No suggestions. */
  static Completion none() {
    return (before, word, context) -> List.of();
  }

  /** Suggestions for the first argument only. */
  static Completion first(Supplier<List<String>> words) {
    return (before, word, context) -> before.isEmpty() ? words.get() : List.of();
  }
}
