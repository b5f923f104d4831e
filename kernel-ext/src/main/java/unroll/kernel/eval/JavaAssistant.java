package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.JShell;
import unroll.kernel.assist.Attribution;
import unroll.kernel.assist.Inspection;
import unroll.kernel.assist.SessionCompiler;
import unroll.kernel.assist.Target;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.ValueText;
import unroll.kernel.doc.Documentation;

/** What is known of the Java in a cell. */
final class JavaAssistant {
  private final CellParser parser;
  private final CellSession session;
  private final SessionCompiler compiler;
  private Documentation documentation;

  JavaAssistant(JShell shell, CellParser parser, CellSession session) {
    this.parser = parser;
    this.session = session;
    this.compiler = new SessionCompiler(shell);
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
