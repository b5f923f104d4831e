package unroll.kernel.eval;

import java.util.ArrayList;
import unroll.kernel.magic.MagicException;

/** The errors of magics, and of values that cannot be shown. */
final class MagicErrors {
  private static final int MAX_FRAMES = 10;

  private MagicErrors() {}

  /** What a magic threw. */
  static CellError of(
      Throwable thrown, SourceText cell, CellPart.Magic part, RuntimeErrors errors) {
    int line = cell.line(part.offset());
    if (thrown instanceof CellFailure inExpression) {
      var error = inExpression.error();
      return new CellError(error.name(), error.value(), error.traceback(), line);
    }
    boolean wrongCall = thrown instanceof MagicException;
    var name = wrongCall ? CellError.MAGIC_ERROR : thrown.getClass().getName();
    var message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    var traceback = new ArrayList<String>();
    traceback.add(Ansi.bold(name) + ": " + message);
    int from = part.offset();
    traceback.addAll(cell.excerpt(from, from + part.line().stripTrailing().length()));
    if (!wrongCall) {
      traceback.addAll(errors.ofMagic(thrown));
    }
    return new CellError(name, message, traceback, line);
  }

  /** What was thrown while a value was made ready to be shown. */
  static CellError rendering(Throwable thrown, Object value) {
    var message =
        "the value was computed, but showing it failed: a "
            + value.getClass().getName()
            + " threw "
            + thrown;
    return beside(thrown, message);
  }

  /** What was thrown by something that is no snippet, with the calls up to the evaluator. */
  static CellError beside(Throwable thrown, String message) {
    var traceback = new ArrayList<String>();
    traceback.add(Ansi.bold(thrown.getClass().getName()) + ": " + message);
    for (var frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("unroll.kernel.eval.")) {
        break;
      }
      traceback.add(Ansi.faint("    at " + frame));
    }
    return new CellError(thrown.getClass().getName(), message, traceback, 0);
  }

  /** What the compiler or the kernel itself threw; the session goes on. */
  static CellError unexpected(Throwable thrown) {
    var name = thrown.getClass().getName();
    var message = thrown.getMessage() == null ? "" : thrown.getMessage();
    var traceback = new ArrayList<String>();
    traceback.add(Ansi.bold(name) + (message.isEmpty() ? "" : ": " + message));
    traceback.add("the kernel could not evaluate this cell; the session goes on");
    for (int i = 0; i < Math.min(MAX_FRAMES, thrown.getStackTrace().length); i++) {
      traceback.add(Ansi.faint("    at " + thrown.getStackTrace()[i]));
    }
    return new CellError(name, message, traceback, 0);
  }
}
