package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import unroll.kernel.assist.Attribution;
import unroll.kernel.assist.CodeScan;
import unroll.kernel.assist.Inspection;
import unroll.kernel.assist.Ranking;
import unroll.kernel.assist.SessionCompiler;
import unroll.kernel.assist.StringCompletion;
import unroll.kernel.assist.Target;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.ValueText;
import unroll.kernel.doc.Documentation;

/** What is known of the Java in a cell. */
final class JavaAssistant {
  private final JShell shell;
  private final CellParser parser;
  private final CellSession session;
  private final SessionCompiler compiler;
  private Documentation documentation;

  JavaAssistant(JShell shell, CellParser parser, CellSession session) {
    this.shell = shell;
    this.parser = parser;
    this.session = session;
    this.compiler = new SessionCompiler(shell);
  }

  /**
   * What could stand at the end of a text.
   *
   * @param text the cell up to the cursor
   * @param from offset of its last part
   */
  Completions complete(String text, int from) {
    var string = CodeScan.of(text.substring(from)).openString();
    if (string != null) {
      var before = text.substring(from, text.length() - string.length() - 1);
      int start = text.length() - string.length() + string.lastIndexOf('/') + 1;
      return new Completions(StringCompletion.of(before, string), start, text.length());
    }
    // with all of the cell before it, so that its own variables are known; or else by itself
    var inCell = suggest(javaOf(text), 0);
    return inCell.candidates().isEmpty() ? suggest(text, from) : inCell;
  }

  private Completions suggest(String text, int from) {
    var anchor = new int[1];
    var code = text.substring(from);
    var analysis = shell.sourceCodeAnalysis();
    var suggestions = analysis.completionSuggestions(code, code.length(), anchor);
    if (suggestions.isEmpty()) {
      return new Completions(List.of(), text.length(), text.length());
    }
    int start = from + anchor[0];
    var ranking = new Ranking(shell, documentation(), session.classLoader());
    boolean member = text.substring(0, start).stripTrailing().endsWith(".");
    return new Completions(
        member ? ranking.members(suggestions, atMember(text, start)) : ranking.names(suggestions),
        start,
        text.length());
  }

  /** The code with a word behind the point, where there is none yet. */
  private Attribution atMember(String text, int start) {
    var parts = parts(start == text.length() ? text + "x" : text);
    return compiler.attribute(parts.before(), parts.last(), session.classPath());
  }

  /** The text with spaces in the place of magics. */
  private String javaOf(String text) {
    var java = new StringBuilder(text);
    for (var part : parser.parse(text)) {
      if (part instanceof CellPart.Magic magic) {
        int end = magic.offset() + magic.line().length();
        java.replace(magic.offset(), end, " ".repeat(magic.line().length()));
      }
    }
    return java.toString();
  }

  /**
   * What is known of the word that ends the text; or, where that is none, of the method in whose
   * arguments the text ends.
   *
   * @param text the cell up to the end of that word
   */
  Optional<MimeBundle> inspect(String text, boolean details) {
    var parts = parts(text);
    var asBody =
        inspect(compiler.attribute(parts.before(), parts.last(), session.classPath()), details);
    if (asBody.isPresent() || parts.last().indexOf('{') <= 0) {
      return asBody;
    }
    return inspect(
        compiler.attributeMember(parts.before(), parts.last(), session.classPath()), details);
  }

  private Optional<MimeBundle> inspect(Attribution code, boolean details) {
    var inspection = new Inspection(documentation(), code, details);
    return code.named()
        .or(code::call)
        .map(
            target ->
                value(target)
                    .map(value -> inspection.of(target, value))
                    .orElseGet(() -> inspection.of(target)));
  }

  /** The value of a variable of the session, in a few lines. */
  private Optional<String> value(Target target) {
    return target
        .variable()
        .flatMap(name -> session.variables().stream().filter(v -> v.name().equals(name)).findAny())
        .map(variable -> ValueText.brief(variable.value()));
  }

  /** The Java of a cell: what stands before the part that is being written, and that part. */
  private record Parts(List<String> before, String last) {}

  private Parts parts(String text) {
    var parts = parser.parse(text);
    var before = new ArrayList<String>();
    for (var part : parts.subList(0, parts.size() - 1)) {
      if (part instanceof CellPart.Java java) {
        before.add(java.source());
      }
    }
    return new Parts(before, text.substring(parts.get(parts.size() - 1).offset()));
  }

  private Documentation documentation() {
    if (documentation == null) {
      documentation = new Documentation(session.classLoader());
    }
    return documentation;
  }
}
