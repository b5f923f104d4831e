package unroll.kernel.eval;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.Snippet;

/** Remembers from which place of which cell a snippet came, to name it in errors. */
final class Snippets {
  private final Map<String, Origin> byId = new HashMap<>();

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

  void add(Snippet snippet, Origin origin) {
    byId.put(snippet.id(), origin);
  }

  Optional<Origin> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
