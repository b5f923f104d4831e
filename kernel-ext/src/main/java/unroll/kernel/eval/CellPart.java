package unroll.kernel.eval;

/** A part of a cell that is evaluated by itself. */
sealed interface CellPart {

  /** Offset in the cell of the part's first character. */
  int offset();

  /** The same part with its offset moved: of code that stands inside a longer text. */
  default CellPart moved(int by) {
    if (this instanceof Java java) {
      return new Java(java.offset() + by, java.source(), java.silent(), java.whole());
    }
    var magic = (Magic) this;
    return new Magic(magic.offset() + by, magic.line(), magic.body());
  }

  /**
   * A snippet of Java.
   *
   * @param source the snippet as it goes to JShell; the offset is that of its first character
   * @param silent whether it ends in a semicolon of the user's, so that its value is not shown
   * @param whole whether it can be run; otherwise the source is wrong or something is missing
   */
  record Java(int offset, String source, boolean silent, boolean whole) implements CellPart {}

  /**
   * A magic.
   *
   * @param line the line with its {@code %}
   * @param body the lines below it, in the cell form; null in the line form
   */
  record Magic(int offset, String line, String body) implements CellPart {}
}
