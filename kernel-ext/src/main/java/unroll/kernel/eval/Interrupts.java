package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;

/** The errors of cells that their user stopped. */
final class Interrupts {
  private static final int INNERMOST = 5;

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
    boolean atSafePoint = thrown.name().equals(SafePoint.StoppedError.class.getName());
    var place = thrown.line() == 0 ? "" : " at line " + thrown.line();
    var how = atSafePoint ? place : "; it ended with " + thrown.name();
    var message = "stopped by its user" + how;
    var traceback = new ArrayList<String>();
    traceback.add(Ansi.bold(CellError.INTERRUPTED) + ": " + message);
    int head = atSafePoint && !thrown.traceback().isEmpty() ? 1 : 0;
    traceback.addAll(thrown.traceback().subList(head, thrown.traceback().size()));
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

  /**
   * What to tell the user of a cell that does not stop: where it is, in the innermost calls and in
   * the methods of cells.
   */
  static String stillRunning(StackTraceElement[] stack) {
    var text = new StringBuilder("still running; interrupt once more to abandon it\n");
    int folded = 0;
    for (int i = 0; i < stack.length && !isEvaluator(stack[i]); i++) {
      if (i >= INNERMOST && !isOfCell(stack[i])) {
        folded++;
        continue;
      }
      if (folded > 0) {
        text.append("    … ").append(folded).append(" more\n");
        folded = 0;
      }
      var frame = isOfCell(stack[i]) ? stack[i].getMethodName() + " (in a cell)" : stack[i];
      text.append("    at ").append(frame).append('\n');
    }
    return text.toString();
  }

  private static boolean isOfCell(StackTraceElement frame) {
    return frame.getClassName().startsWith("REPL.") && !frame.getMethodName().startsWith("do_it");
  }

  private static boolean isEvaluator(StackTraceElement frame) {
    return frame.getClassName().startsWith("unroll.kernel.eval.")
        && !frame.getClassName().equals(SafePoint.class.getName());
  }
}
