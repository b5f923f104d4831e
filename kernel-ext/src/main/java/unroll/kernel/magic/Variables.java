package unroll.kernel.magic;

import java.util.List;

/** The variables of a session, as arguments and results of magics. */
final class Variables {
  private Variables() {}

  /** The names of variables that hold one of some kinds, for completion. */
  static List<String> named(MagicContext context, Class<?>... types) {
    return context.variables().stream()
        .filter(variable -> !variable.name().startsWith("$"))
        .filter(
            variable -> {
              for (var type : types) {
                if (type.isInstance(variable.value())) {
                  return true;
                }
              }
              return false;
            })
        .map(Variable::name)
        .toList();
  }

  /**
   * The value of an expression that must be of some kind.
   *
   * @param what the kind in words, for the message
   * @throws MagicException if it is something else, or the name of no variable
   */
  static <T> T value(MagicContext context, String expression, Class<T> type, String what)
      throws Exception {
    requireKnown(context, expression);
    var value = context.value(expression);
    if (!type.isInstance(value)) {
      var kind = value == null ? "null" : "a " + value.getClass().getSimpleName();
      throw new MagicException("expected " + what + ", " + expression + " is " + kind);
    }
    return type.cast(value);
  }

  /** Refuses a bare name of no variable, with the nearest, where the session tells its names. */
  static void requireKnown(MagicContext context, String expression) {
    var names = context.variables().stream().map(Variable::name).toList();
    boolean bare =
        !expression.isEmpty() && expression.chars().allMatch(Character::isJavaIdentifierPart);
    boolean number = bare && Character.isDigit(expression.charAt(0));
    if (bare
        && !number
        && !names.isEmpty()
        && !names.contains(expression)
        && !isLiteral(expression)) {
      throw new MagicException(
          "there is no variable "
              + expression
              + Names.nearest(expression, names).map(n -> "; did you mean " + n + "?").orElse(""));
    }
  }

  private static boolean isLiteral(String word) {
    return List.of("null", "true", "false").contains(word);
  }

  /** Declares a variable that holds a value, whose class must be public. */
  static void declare(MagicContext context, String name, Object value) throws Exception {
    if (!javax.lang.model.SourceVersion.isName(name)) {
      throw new MagicException("'" + name + "' cannot be the name of a variable");
    }
    context.define(value.getClass().getCanonicalName(), name, value);
  }
}
