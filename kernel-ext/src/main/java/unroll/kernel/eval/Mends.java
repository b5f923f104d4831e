package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import unroll.kernel.assist.Attribution;
import unroll.kernel.assist.Inspection;
import unroll.kernel.assist.SessionCompiler;
import unroll.kernel.doc.Documentation;
import unroll.kernel.magic.Names;

/** What would probably mend a compile error: an import, the nearest name, a factory. */
final class Mends {
  private static final int MAX_IMPORTS = 3;
  private static final Pattern SYMBOL =
      Pattern.compile("symbol: +(class|variable|method) ([\\w$]+)");
  private static final Pattern CREATION = Pattern.compile("\\bnew\\s+(\\w+)\\s*\\(");

  private final JShell shell;
  private final NotebookLoader loader;
  private final SessionCompiler compiler;

  Mends(JShell shell, NotebookLoader loader) {
    this.shell = shell;
    this.loader = loader;
    this.compiler = new SessionCompiler(shell);
  }

  /**
   * The mend of an error; empty where none is known.
   *
   * @param source the snippet
   */
  Optional<String> of(Diag diag, String source) {
    try {
      var message = diag.getMessage(Locale.ENGLISH);
      var symbol = SYMBOL.matcher(message);
      if (symbol.find()) {
        return ofUnknown(symbol.group(1), symbol.group(2), diag, source);
      }
      return creation(diag, source).flatMap(this::factories);
    } catch (RuntimeException noHelp) {
      return Optional.empty();
    }
  }

  /** The class of which an object is being made at an error. */
  private static Optional<String> creation(Diag diag, String source) {
    int end = (int) Math.min(source.length(), Math.max(diag.getEndPosition(), diag.getPosition()));
    var creations = CREATION.matcher(source.substring(0, Math.max(0, end)));
    return creations.results().reduce((first, later) -> later).map(found -> found.group(1));
  }

  private Optional<String> ofUnknown(String kind, String name, Diag diag, String source) {
    int at = source.indexOf(name, (int) Math.max(0, diag.getStartPosition()));
    if (at < 0) {
      return Optional.empty();
    }
    int end = at + name.length();
    if (source.substring(0, at).stripTrailing().endsWith(".")) {
      return nearest(name, members(source.substring(0, end)), kind);
    }
    var imports = Character.isUpperCase(name.charAt(0)) ? imports(source, end) : "";
    return imports.isEmpty() ? nearest(name, names(source, at), kind) : Optional.of(imports);
  }

  private String imports(String source, int end) {
    var known = shell.sourceCodeAnalysis().listQualifiedNames(source.substring(0, end), end);
    return known.getNames().stream()
        .filter(name -> !name.startsWith("REPL.") && !name.startsWith("com.sun."))
        .sorted(Comparator.comparing((String name) -> !name.startsWith("java.")))
        .limit(MAX_IMPORTS)
        .map(name -> "import " + name + ";")
        .collect(Collectors.joining(" or "));
  }

  private List<String> members(String upToName) {
    var found = names(compiler.attribute(List.of(), upToName, loader.classPath()));
    return found.isEmpty() && upToName.indexOf('{') > 0
        ? names(compiler.attributeMember(List.of(), upToName, loader.classPath()))
        : found;
  }

  private static List<String> names(Attribution code) {
    return code.membersAtCursor().stream()
        .map(Element::getSimpleName)
        .map(Object::toString)
        .distinct()
        .toList();
  }

  /** Names that begin like the one at an offset, in capital letters or small ones. */
  private List<String> names(String source, int at) {
    var found = new ArrayList<String>();
    char first = source.charAt(at);
    for (char c : new char[] {Character.toLowerCase(first), Character.toUpperCase(first)}) {
      var code = source.substring(0, at) + c;
      shell.sourceCodeAnalysis().completionSuggestions(code, code.length(), new int[1]).stream()
          .map(Suggestion::continuation)
          .map(text -> text.replaceFirst("\\(.*", ""))
          .forEach(found::add);
    }
    return found;
  }

  private static Optional<String> nearest(String name, List<String> names, String kind) {
    return Names.nearest(name, names)
        .filter(near -> !near.equals(name))
        .map(near -> "did you mean " + near + (kind.equals("method") ? "(…)?" : "?"));
  }

  /** How objects of a class that has no public constructor are made. */
  private Optional<String> factories(String type) {
    var code = compiler.attribute(List.of(), type, loader.classPath());
    var documentation = new Documentation(loader.classLoader());
    return code.named()
        .map(target -> new Inspection(documentation, code, false).factories(target))
        .filter(lines -> !lines.isEmpty())
        .map(lines -> "make one with " + String.join(" or ", lines));
  }
}
