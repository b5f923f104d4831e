package unroll.kernel.cli;

/**
 * One line of the doctor's table.
 *
 * @param what was looked at
 * @param state how it is
 * @param found what is there, or what is wrong
 * @param mend the command that mends it; empty where nothing needs mending
 */
record Finding(String what, State state, String found, String mend) {

  /** How a thing is. */
  enum State {
    /** There, and it works. */
    THERE,
    /** Not there, and Unroll does without. */
    MISSING,
    /** Not there or not working, and Unroll needs it. */
    BROKEN
  }

  static Finding there(String what, String found) {
    return new Finding(what, State.THERE, found, "");
  }

  static Finding missing(String what, String found, String mend) {
    return new Finding(what, State.MISSING, found, mend);
  }

  static Finding broken(String what, String found, String mend) {
    return new Finding(what, State.BROKEN, found, mend);
  }
}
