package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import unroll.kernel.display.CellNames;

/** What a cell threw: the message, the line marked, and the calls between cells and library. */
final class RuntimeErrors {
  private static final int MAX_CAUSES = 5;

  private final Snippets snippets;

  RuntimeErrors(Snippets snippets) {
    this.snippets = snippets;
  }

  /**
   * The error of an exception.
   *
   * @param thrown what was thrown, for its own words
   * @param translated the same with its frames in terms of snippets
   * @param cell the cell that ran
   */
  CellError of(Throwable thrown, JShellException translated, SourceText cell) {
    var traceback = new ArrayList<String>();
    traceback.add(head(thrown));
    top(translated).ifPresent(f -> traceback.addAll(f.origin().source().excerpt(f.line())));
    frames(translated.getStackTrace(), traceback);
    causes(thrown, translated, traceback);
    return new CellError(name(thrown), message(thrown), traceback, lineIn(translated, cell));
  }

  private void causes(Throwable thrown, JShellException translated, List<String> traceback) {
    var cause = thrown.getCause();
    Throwable frames = translated.getCause();
    for (int n = 0; cause != null && n < MAX_CAUSES; n++) {
      traceback.add("caused by " + head(cause));
      if (frames instanceof EvalException known) {
        top(known).ifPresent(f -> traceback.addAll(f.origin().source().excerpt(f.line())));
        frames(known.getStackTrace(), traceback);
        frames = known.getCause();
      }
      cause = cause.getCause();
    }
  }

  private static String head(Throwable thrown) {
    var message = message(thrown);
    return Ansi.bold(name(thrown)) + (message.isEmpty() ? "" : ": " + message);
  }

  private static String name(Throwable thrown) {
    return CellNames.clean(thrown.getClass().getName());
  }

  private static String message(Throwable thrown) {
    return thrown.getMessage() == null ? "" : CellNames.clean(thrown.getMessage());
  }

  /** A frame in a cell. */
  private record CellFrame(Snippets.Origin origin, int line) {}

  private Optional<CellFrame> top(JShellException e) {
    for (var frame : e.getStackTrace()) {
      var found = cellFrame(frame);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The nearest line of the cell that ran; 0 if the exception came from elsewhere. */
  private int lineIn(JShellException e, SourceText cell) {
    for (var frame : e.getStackTrace()) {
      var found = cellFrame(frame);
      if (found.isPresent() && found.get().origin().source().equals(cell)) {
        return found.get().line();
      }
    }
    return 0;
  }

  private Optional<CellFrame> cellFrame(StackTraceElement frame) {
    var file = frame.getFileName();
    if (file == null || !file.startsWith("#")) {
      return Optional.empty();
    }
    return snippets
        .find(file.substring(1))
        .map(origin -> new CellFrame(origin, origin.line(Math.max(1, frame.getLineNumber()))));
  }

  /** One line for each frame in a cell; those between are counted, and repetitions too. */
  private void frames(StackTraceElement[] frames, List<String> traceback) {
    var lines = new ArrayList<String>();
    int folded = 0;
    String firstFolded = "";
    for (var frame : frames) {
      var inCell = cellFrame(frame);
      if (inCell.isEmpty()) {
        firstFolded =
            folded++ == 0 ? frame.getClassName() + "." + frame.getMethodName() : firstFolded;
        continue;
      }
      fold(folded, firstFolded, lines);
      folded = 0;
      var f = inCell.get();
      lines.add("    at " + f.origin().source().place(f.line()) + method(frame));
    }
    fold(folded, firstFolded, lines);
    traceback.addAll(withoutRepetitions(lines));
  }

  private static void fold(int count, String first, List<String> lines) {
    if (count > 0) {
      var more = count == 1 ? "" : " and " + (count - 1) + " more";
      lines.add(Ansi.faint("    … in " + first + more));
    }
  }

  private static String method(StackTraceElement frame) {
    var name = frame.getMethodName();
    if (name.isEmpty() || name.contains("$")) {
      return "";
    }
    var type = frame.getClassName();
    return " (" + (type.isEmpty() ? name : type + "." + name) + ")";
  }

  private static List<String> withoutRepetitions(List<String> lines) {
    var shown = new ArrayList<String>();
    for (int i = 0; i < lines.size(); ) {
      int same = i;
      while (same < lines.size() && lines.get(same).equals(lines.get(i))) {
        same++;
      }
      shown.add(lines.get(i) + (same - i > 1 ? " × " + (same - i) : ""));
      i = same;
    }
    return shown;
  }
}
