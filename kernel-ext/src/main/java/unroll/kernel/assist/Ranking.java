package unroll.kernel.assist;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import unroll.kernel.doc.Documentation;

/**
 * Brings JShell's suggestions into an order and says what each is. First those that fit the type
 * that is wanted; among them the session's own names, then the library's classes, then all others;
 * what every object has, exceptions and keywords come last.
 */
public final class Ranking {
  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait", "class");
  private static final int MANY = 100;

  private final JShell shell;
  private final Documentation documentation;
  private final ClassLoader loader;
  private final Map<String, String> own = new HashMap<>();

  /** For the session's names of now. */
  public Ranking(JShell shell, Documentation documentation, ClassLoader loader) {
    this.shell = shell;
    this.documentation = documentation;
    this.loader = loader;
    shell.variables().forEach(v -> own.put(v.name(), v.typeName() + " " + v.name()));
    shell.methods().forEach(m -> own.put(m.name(), head(m.source())));
    shell.types().forEach(t -> own.put(t.name(), ""));
  }

  private static String head(String method) {
    int brace = CodeScan.of(method).firstBrace();
    return (brace < 0 ? method : method.substring(0, brace)).strip();
  }

  /** The members at a cursor behind a point. */
  public List<Candidate> members(List<Suggestion> suggestions, Attribution code) {
    var members =
        code.membersAtCursor().stream()
            .collect(Collectors.groupingBy(e -> e.getSimpleName().toString()));
    return sorted(suggestions, s -> OF_EVERY_OBJECT.contains(name(s)) ? 1 : 0).stream()
        .map(text -> candidate(text, members.get(name(text)), code))
        .toList();
  }

  /** Names that stand alone. */
  public List<Candidate> names(List<Suggestion> suggestions) {
    boolean few = suggestions.size() <= MANY;
    return sorted(suggestions, s -> rank(name(s), few)).stream()
        .map(text -> new Candidate(text, type(text), own.getOrDefault(name(text), "")))
        .toList();
  }

  /** How far down something belongs. */
  private interface Rank {
    int of(String suggestion);
  }

  /** Each text once, in order. */
  private static List<String> sorted(List<Suggestion> suggestions, Rank rank) {
    return suggestions.stream()
        .sorted(
            Comparator.comparing((Suggestion s) -> !s.matchesType())
                .thenComparing(s -> rank.of(s.continuation()))
                .thenComparing(Suggestion::continuation))
        .map(Suggestion::continuation)
        .distinct()
        .toList();
  }

  private int rank(String name, boolean look) {
    if (own.containsKey(name)) {
      return 0;
    }
    if (SourceVersion.isKeyword(name) || name.endsWith("Exception") || name.endsWith("Error")) {
      return 3;
    }
    return look && Character.isUpperCase(name.charAt(0)) && isOfLibrary(name) ? 1 : 2;
  }

  private boolean isOfLibrary(String name) {
    return shell
        .imports()
        .map(i -> i.fullname())
        .filter(i -> i.startsWith("unroll.") && i.endsWith(".*"))
        .map(i -> i.substring(0, i.length() - 1).replace('.', '/') + name + ".class")
        .anyMatch(file -> loader.getResource(file) != null);
  }

  private static String name(String suggestion) {
    int end = suggestion.indexOf('(');
    return end < 0 ? suggestion : suggestion.substring(0, end);
  }

  private String type(String text) {
    var name = name(text);
    if (SourceVersion.isKeyword(name)) {
      return "keyword";
    }
    if (Character.isUpperCase(name.charAt(0)) && !own.getOrDefault(name, "").contains(" ")) {
      return "class";
    }
    if (text.contains("(")) {
      return "function";
    }
    if (text.endsWith(".")) {
      return "module";
    }
    return own.containsKey(name) ? "instance" : "";
  }

  private static String type(Element element) {
    if (element instanceof ExecutableElement) {
      return "function";
    }
    if (element instanceof TypeElement) {
      return "class";
    }
    return element instanceof PackageElement ? "module" : "instance";
  }

  private Candidate candidate(String text, List<Element> named, Attribution code) {
    boolean call = text.contains("(");
    var elements =
        named == null
            ? List.<Element>of()
            : named.stream().filter(e -> call == e instanceof ExecutableElement).toList();
    if (elements.isEmpty()) {
      return new Candidate(text, type(text));
    }
    var first = elements.get(0);
    var names =
        first instanceof ExecutableElement method
            ? documentation.parameters(method, code.elements())
            : List.<String>of();
    var signature = Signatures.of(first, code.site(), code.types(), names).text();
    int more = elements.size() - 1;
    return new Candidate(text, type(first), more == 0 ? signature : signature + " (+" + more + ")");
  }
}
