package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;

/** The errors of cells that their user stopped. */
final class Interrupts {
  private static final int STACK_SHOWN = 8;

  private Interrupts() {}

  /** Stopped between two parts of a cell. */
  static CellError beforeLine(SourceText cell, int line) {
    var message = "stopped by its user before line " + line + "; the rest did not run";
    var traceback = new ArrayList<String>();
    traceback.add(Ansi.bold(CellError.INTERRUPTED) + ": " + message);
    traceback.addAll(cell.excerpt(line));
    return new CellError(CellError.INTERRUPTED, message, traceback, line);
  }

  /** Stopped by way of an exception. */
  static CellError during(CellError thrown) {
    var message = "stopped by its user; it ended with " + thrown.name();
    var traceback = new ArrayList<String>();
    traceback.add(Ansi.bold(CellError.INTERRUPTED) + ": " + message);
    traceback.addAll(thrown.traceback());
    return new CellError(CellError.INTERRUPTED, message, traceback, thrown.line());
  }

  /** Given up, though it still runs. */
  static CellError abandoned(int line) {
    var message =
        "abandoned; its thread goes on until it ends by itself, without outputs. Variables are kept";
    return new CellError(
        CellError.INTERRUPTED,
        message,
        List.of(Ansi.bold(CellError.INTERRUPTED) + ": " + message),
        line);
  }

  /** What to tell the user of a cell that does not stop: where it is. */
  static String stillRunning(StackTraceElement[] stack) {
    var text = new StringBuilder("still running; interrupt once more to abandon it\n");
    for (int i = 0; i < Math.min(STACK_SHOWN, stack.length); i++) {
      if (stack[i].getClassName().startsWith("unroll.kernel.eval.")) {
        break;
      }
      text.append("    at ").append(stack[i]).append('\n');
    }
    return text.toString();
  }
}
