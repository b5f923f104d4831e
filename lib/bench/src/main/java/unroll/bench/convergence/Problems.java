package unroll.bench.convergence;

import java.util.List;

/** The problems by their names. */
final class Problems {

  /** What is run where nothing is said. */
  static final List<String> ALL = List.of("reber", "adding-100", "adding-400", "copy-100");

  private Problems() {}

  /**
   * A problem, new for each training: it may remember what it has shown.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static Problem named(String name) {
    if (name.equals("reber")) {
      return new ReberProblem();
    }
    String[] parts = name.split("-", 2);
    int lag = parts.length == 2 && parts[1].matches("[0-9]{1,5}") ? Integer.parseInt(parts[1]) : 0;
    if (parts[0].equals("adding") && lag >= 2) {
      return new AddingProblem(lag);
    }
    if (parts[0].equals("copy") && lag >= 1) {
      return new CopyProblem(lag);
    }
    throw new IllegalArgumentException(
        "longlag: no problem '%s'; reber, adding-STEPS or copy-DELAY".formatted(name));
  }
}
