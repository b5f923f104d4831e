package unroll.kernel.eval;

import java.util.List;
import unroll.kernel.display.Words;

/** What is told of variables that kept or lost their values. */
final class KeptNotes {
  private KeptNotes() {}

  /** Said before a class is redefined. */
  static String lost(Redefinition redefinition, List<String> names) {
    return "redefining "
        + redefinition.what()
        + ": "
        + held(names)
        + " of the class as it was, and cannot go on in the new one; "
        + where(names);
  }

  /** Said of variables whose type changed in a way that could not be foreseen. */
  static String lost(List<String> names) {
    return Words.list(names)
        + (names.size() == 1 ? " has" : " have")
        + " another type now and lost what was there; "
        + where(names);
  }

  /** Said of variables that were made with what has been redefined. */
  static String kept(Redefinition redefinition, List<String> names) {
    return Words.list(names)
        + (names.size() == 1 ? " keeps its value" : " keep their values")
        + ", made before "
        + redefinition.what()
        + " was redefined";
  }

  private static String held(List<String> names) {
    return Words.list(names) + (names.size() == 1 ? " holds an object" : " hold objects");
  }

  private static String where(List<String> names) {
    return (names.size() == 1 ? "it stays" : "they stay")
        + " in the registry: Registry.get(\""
        + names.get(0)
        + "\")";
  }
}
