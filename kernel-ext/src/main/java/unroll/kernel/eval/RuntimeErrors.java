package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import unroll.kernel.display.CellNames;
import unroll.kernel.display.Words;

/** What a cell threw: the message, the line marked, and the calls between cells and library. */
final class RuntimeErrors {
  private static final int MAX_CAUSES = 5;
  private static final int MAX_STRAY_LINES = 30;
  private static final int MAX_ALL_LINES = 2_000;

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
    show("", thrown, translated.getStackTrace(), traceback);
    var all = new ArrayList<String>();
    showAll("", thrown, translated.getStackTrace(), all);
    var cause = thrown.getCause();
    var frames = translated.getCause();
    for (int n = 0; cause != null && n < MAX_CAUSES; n++) {
      boolean known = frames instanceof EvalException;
      var trace = known ? frames.getStackTrace() : new StackTraceElement[0];
      traceback.add("");
      show("caused by ", cause, trace, traceback);
      showAll("caused by ", cause, known ? trace : cause.getStackTrace(), all);
      frames = known ? frames.getCause() : null;
      cause = cause.getCause();
    }
    LastError.set(new LastError(thrown, all));
    mend(thrown).ifPresent(traceback::add);
    if (traceback.stream().anyMatch(line -> line.contains("    … "))) {
      traceback.add(Ansi.faint("%errors shows every frame"));
    }
    return new CellError(name(thrown), message(thrown), traceback, lineIn(translated, cell));
  }

  /** What a thread threw that no cell waits for. */
  String stray(Thread thread, Throwable thrown) {
    var lines = new ArrayList<String>();
    var all = new ArrayList<String>();
    var head = "in thread \"" + thread.getName() + "\": ";
    for (var t = thrown; t != null && lines.size() < MAX_STRAY_LINES; t = t.getCause()) {
      show(head, t, t.getStackTrace(), lines);
      showAll(head, t, t.getStackTrace(), all);
      head = "caused by ";
    }
    LastError.set(new LastError(thrown, all));
    return String.join("\n", lines) + "\n";
  }

  /** The frames of what a magic threw, those of the kernel left out. */
  List<String> ofMagic(Throwable thrown) {
    var lines = new ArrayList<String>();
    var all = new ArrayList<String>();
    frames(withoutKernel(thrown.getStackTrace()), lines);
    var head = "";
    for (var t = thrown; t != null && all.size() < MAX_ALL_LINES; t = t.getCause()) {
      showAll(head, t, withoutKernel(t.getStackTrace()), all);
      head = "caused by ";
      if (t != thrown) {
        lines.add("caused by " + head(t));
      }
    }
    LastError.set(new LastError(thrown, all));
    lines.add(Ansi.faint("%errors shows every frame"));
    return lines;
  }

  private static StackTraceElement[] withoutKernel(StackTraceElement[] frames) {
    int end = 0;
    while (end < frames.length && !frames[end].getClassName().startsWith("unroll.kernel.")) {
      end++;
    }
    return Arrays.copyOf(frames, end);
  }

  private void show(
      String before, Throwable thrown, StackTraceElement[] frames, List<String> traceback) {
    traceback.add(before + head(thrown));
    top(frames).ifPresent(place -> traceback.addAll(place.source().excerpt(place.line())));
    frames(frames, traceback);
  }

  private void showAll(
      String before, Throwable thrown, StackTraceElement[] frames, List<String> all) {
    all.add(before + name(thrown) + (message(thrown).isEmpty() ? "" : ": " + message(thrown)));
    for (var frame : frames) {
      if (all.size() < MAX_ALL_LINES) {
        all.add(
            "    at "
                + snippets
                    .place(frame)
                    .map(place -> place.source().place(place.line()) + method(frame))
                    .orElseGet(frame::toString));
      }
    }
  }

  /** What a person can do about it, where that is known and the message does not say it. */
  private static Optional<String> mend(Throwable thrown) {
    if (thrown.getClass() != OutOfMemoryError.class) {
      return Optional.empty();
    }
    var most = Words.bytes(Runtime.getRuntime().maxMemory());
    return Optional.of(
        "the JVM may use "
            + most
            + "; UNROLL_JAVA_OPTS=-Xmx8g gives it more, a smaller batch or shorter sequences need less");
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

  private Optional<Snippets.Place> top(StackTraceElement[] frames) {
    return Arrays.stream(frames).flatMap(frame -> snippets.place(frame).stream()).findFirst();
  }

  /** The nearest line of the cell that ran; 0 if the exception came from elsewhere. */
  private int lineIn(JShellException e, SourceText cell) {
    return Arrays.stream(e.getStackTrace())
        .flatMap(frame -> snippets.place(frame).stream())
        .filter(place -> place.source().equals(cell))
        .mapToInt(Snippets.Place::line)
        .findFirst()
        .orElse(0);
  }

  /** One line for each frame in a cell; those between are counted, and repetitions too. */
  private void frames(StackTraceElement[] frames, List<String> traceback) {
    var lines = new ArrayList<String>();
    var folded = new FoldedFrames();
    for (var frame : frames) {
      var inCell = snippets.place(frame);
      if (inCell.isEmpty()) {
        folded.add(frame);
        continue;
      }
      if (!folded.isEmpty()) {
        lines.add(folded.line());
        folded = new FoldedFrames();
      }
      lines.add("    at " + inCell.get().source().place(inCell.get().line()) + method(frame));
    }
    if (!folded.isEmpty()) {
      lines.add(folded.line());
    }
    traceback.addAll(withoutRepetitions(lines));
  }

  private static String method(StackTraceElement frame) {
    var name = frame.getMethodName();
    if (name.isEmpty() || name.contains("$")) {
      return "";
    }
    var type = CellNames.clean(frame.getClassName() + "$").replaceFirst("\\$$", "");
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
