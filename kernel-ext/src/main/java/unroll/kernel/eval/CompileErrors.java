package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** What the compiler says, with the places in the cell. */
final class CompileErrors {
  private static final int MAX_SHOWN = 5;
  private static final Pattern LOCATION = Pattern.compile("(?m)\\n? *location: +class *(REPL.*)?$");

  private CompileErrors() {}

  /** The error of a snippet that JShell rejected. */
  static CellError of(JShell shell, Snippet snippet, Snippets.Origin origin, Mends mends) {
    var errors = shell.diagnostics(snippet).filter(Diag::isError).toList();
    if (errors.isEmpty()) {
      return plain(origin, "this cannot be evaluated");
    }
    var traceback = new ArrayList<String>();
    for (var diag : errors.subList(0, Math.min(MAX_SHOWN, errors.size()))) {
      int from = place(origin, diag);
      int to = origin.offset() + (int) Math.max(diag.getEndPosition(), diag.getPosition() + 1);
      traceback.add(origin.source().place(origin.source().line(from)) + ": " + message(diag));
      traceback.addAll(origin.source().excerpt(from, to));
      mends.of(diag, snippet.source()).ifPresent(mend -> traceback.add("     = " + mend));
    }
    if (errors.size() > MAX_SHOWN) {
      traceback.add("… and " + (errors.size() - MAX_SHOWN) + " errors more");
    }
    int line = origin.source().line(place(origin, errors.get(0)));
    var value = errors.stream().map(CompileErrors::message).collect(Collectors.joining("\n"));
    return new CellError(CellError.COMPILE_ERROR, value, traceback, line);
  }

  /** A compile error that the compiler has no words for. */
  static CellError plain(Snippets.Origin origin, String message) {
    int line = origin.line(1);
    var traceback = new ArrayList<String>();
    traceback.add(origin.source().place(line) + ": " + message);
    traceback.addAll(origin.source().excerpt(line));
    return new CellError(CellError.COMPILE_ERROR, message, traceback, line);
  }

  /** What a declaration still needs before it can be used. */
  static String missing(JShell shell, DeclarationSnippet snippet) {
    return shell
        .unresolvedDependencies(snippet)
        .collect(Collectors.collectingAndThen(Collectors.toList(), CompileErrors::list));
  }

  private static String list(List<String> names) {
    return names.isEmpty()
        ? "something it names is not declared"
        : String.join(" and ", names) + (names.size() == 1 ? " is" : " are") + " not declared";
  }

  private static int place(Snippets.Origin origin, Diag diag) {
    int at = (int) (diag.getStartPosition() >= 0 ? diag.getStartPosition() : diag.getPosition());
    boolean member = diag.getCode().startsWith("compiler.err.cant.resolve");
    if (member && diag.getPosition() > at) {
      at = (int) diag.getPosition() + 1; // behind the point, at the name that is not known
    }
    int from = origin.offset() + Math.max(0, at);
    // the end of the text is no place to point at: point at its last character
    return Math.min(from, Math.max(0, origin.source().text().stripTrailing().length() - 1));
  }

  private static String message(Diag diag) {
    return LOCATION.matcher(diag.getMessage(Locale.ENGLISH)).replaceAll("").strip();
  }
}
