package unroll.kernel.eval;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/** Remembers from which place of which cell a snippet came, to name it in errors. */
final class Snippets {
  private static final Pattern CLASS = Pattern.compile("REPL\\.\\$JShell\\$(\\d+).*");

  private final Map<String, Origin> byId = new ConcurrentHashMap<>();
  private final Map<String, SnippetWrapper> wrappers = new ConcurrentHashMap<>();

  /**
   * Where a snippet came from.
   *
   * @param source the cell
   * @param offset of the snippet's first character in the cell
   */
  record Origin(SourceText source, int offset) {

    /** The line in the cell of a line in the snippet; both are counted from 1. */
    int line(int snippetLine) {
      return source.line(offset) + snippetLine - 1;
    }
  }

  void add(Snippet snippet, Origin origin, SnippetWrapper wrapper) {
    byId.put(snippet.id(), origin);
    wrappers.put(snippet.id(), wrapper);
  }

  /** A line of a cell. */
  record Place(SourceText source, int line) {}

  /** Where a frame is, if it is in a cell; as JShell has it or as the JVM has it. */
  Optional<Place> place(StackTraceElement frame) {
    var file = frame.getFileName();
    if (file != null && file.startsWith("#")) {
      return find(file.substring(1))
          .map(o -> new Place(o.source(), o.line(Math.max(1, frame.getLineNumber()))));
    }
    var type = CLASS.matcher(frame.getClassName());
    return type.matches() ? place(type.group(1), frame.getLineNumber()) : Optional.empty();
  }

  /** A line of the class that JShell makes of a snippet, in the snippet's cell. */
  private Optional<Place> place(String id, int wrappedLine) {
    var wrapper = wrappers.get(id);
    var origin = byId.get(id);
    if (wrapper == null || origin == null || wrappedLine < 1) {
      return Optional.empty();
    }
    var wrapped = new SourceText(0, wrapper.wrapped());
    int at = wrapper.wrappedToSourcePosition(wrapped.lineEnd(wrappedLine));
    int line = new SourceText(0, wrapper.source()).line(Math.max(0, at));
    return Optional.of(new Place(origin.source(), origin.line(line)));
  }

  Optional<Origin> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
