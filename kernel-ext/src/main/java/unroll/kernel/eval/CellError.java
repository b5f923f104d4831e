package unroll.kernel.eval;

import java.util.List;

/**
 * What ended a cell before its time, as Jupyter's {@code error} output has it.
 *
 * @param name the kind, for instance {@code CompileError} or {@code java.lang.ArithmeticException}
 * @param value the message, one or more lines
 * @param traceback what to show: the offending line marked, then where it was called from; may
 *     contain ANSI colours
 * @param line the line of this cell at which it happened, counted from 1; 0 where none can be named
 */
public record CellError(String name, String value, List<String> traceback, int line) {

  /** The kind of an error in the source. */
  public static final String COMPILE_ERROR = "CompileError";

  /** The kind of an error in a magic's name or arguments. */
  public static final String MAGIC_ERROR = "MagicError";

  /** The kind of a cell that was stopped by its user. */
  public static final String INTERRUPTED = "Interrupted";

  /** Copies the list. */
  public CellError {
    traceback = List.copyOf(traceback);
  }

  /** The traceback in one string, without colours. */
  public String plainTraceback() {
    return Ansi.strip(String.join("\n", traceback));
  }
}
