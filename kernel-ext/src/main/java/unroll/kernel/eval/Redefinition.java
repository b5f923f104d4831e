package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * A class or method of the session that a snippet is about to define again.
 *
 * @param present what it is until then
 * @param same whether the snippet says the same as the present definition
 * @param changing the names of all classes that will be other classes afterwards: it and those that
 *     are built on it
 * @param variables those that hold objects of such classes, by their declared types
 */
record Redefinition(
    PersistentSnippet present, boolean same, Set<String> changing, List<VarSnippet> variables) {

  private static final Pattern NAME = Pattern.compile("\\b[\\p{L}_$][\\p{L}\\p{N}_$]*");

  /** What a snippet will redefine; empty for most. */
  static Optional<Redefinition> of(JShell shell, String source) {
    // every definition that changes others ends in a brace; asking the compiler takes time
    if (!source.strip().endsWith("}")) {
      return Optional.empty();
    }
    var words = NAME.matcher(source).results().map(m -> m.group()).collect(Collectors.toSet());
    boolean mayRedefine =
        shell
            .snippets()
            .anyMatch(s -> isDefinition(s) && words.contains(((PersistentSnippet) s).name()));
    if (!mayRedefine) {
      return Optional.empty();
    }
    var parsed = shell.sourceCodeAnalysis().sourceToSnippets(source);
    return parsed.size() == 1 && isDefinition(parsed.get(0))
        ? shell
            .snippets()
            .filter(known -> shell.status(known).isActive() && isSame(known, parsed.get(0)))
            .findFirst()
            .map(known -> of(shell, (PersistentSnippet) known, source))
        : Optional.empty();
  }

  private static boolean isDefinition(Snippet snippet) {
    return snippet instanceof TypeDeclSnippet || snippet instanceof MethodSnippet;
  }

  private static boolean isSame(Snippet known, Snippet written) {
    if (known instanceof MethodSnippet a && written instanceof MethodSnippet b) {
      return a.name().equals(b.name()) && a.parameterTypes().equals(b.parameterTypes());
    }
    return known instanceof TypeDeclSnippet a
        && written instanceof TypeDeclSnippet b
        && a.name().equals(b.name());
  }

  private static Redefinition of(JShell shell, PersistentSnippet known, String source) {
    boolean same =
        shell.status(known) == Status.VALID && known.source().strip().equals(source.strip());
    var affected = new LinkedHashSet<Snippet>();
    collect(shell, known, affected);
    var changing =
        affected.stream()
            .filter(TypeDeclSnippet.class::isInstance)
            .map(type -> ((TypeDeclSnippet) type).name())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    var variables = new ArrayList<VarSnippet>();
    shell.variables().filter(v -> names(v.typeName(), changing)).forEach(variables::add);
    return new Redefinition(known, same, changing, variables);
  }

  private static void collect(JShell shell, Snippet from, Set<Snippet> found) {
    if (found.add(from)) {
      shell.sourceCodeAnalysis().dependents(from).stream()
          .filter(s -> isDefinition(s) && shell.status(s).isActive())
          .forEach(dependent -> collect(shell, dependent, found));
    }
  }

  private static boolean names(String type, Collection<String> classes) {
    return NAME.matcher(type).results().anyMatch(m -> classes.contains(m.group()));
  }

  /** Whether to leave all as it is: nothing would change but that variables lose their objects. */
  boolean isVain() {
    return same && (present instanceof MethodSnippet || !variables.isEmpty());
  }

  /** Its kind and name. */
  String what() {
    return present instanceof MethodSnippet
        ? present.name() + "()"
        : "class " + present.name(); // or interface, record, enum: all are classes
  }
}
