package unroll.kernel.eval;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.tools.StandardJavaFileManager;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import unroll.kernel.magic.Variable;
import unroll.train.Registry;

/** JShell, in this JVM: runs single snippets and turns what JShell says into values and errors. */
final class JavaEvaluator implements AutoCloseable {
  private final InProcessControl control;
  private final JShell shell;
  private ClassPathFiles files;
  private final Snippets snippets = new Snippets();
  private final RuntimeErrors runtimeErrors = new RuntimeErrors(snippets);
  private final Mends mends;
  private final KeptVariables variables;
  private final Consumer<String> notes;
  private long compileNanos;
  private final Set<DeclarationSnippet> unresolved = new LinkedHashSet<>();

  /**
   * Starts JShell.
   *
   * @param invoker runs the code of cells
   * @param imports declarations without the keyword
   * @param notes is told what a person should know and is no error
   */
  JavaEvaluator(
      NotebookLoader loader,
      InProcessControl.Invoker invoker,
      List<String> imports,
      Consumer<String> notes) {
    this.notes = notes;
    control = new InProcessControl(loader, invoker);
    shell =
        JShell.builder().executionEngine(control.provider(), null).fileManager(this::files).build();
    mends = new Mends(shell, loader);
    variables = new KeptVariables(shell, control);
    for (var name : imports) {
      shell.eval(
          "import " + name + ";"); // rejected, and so left out, where there is no such package
    }
  }

  private ClassPathFiles files(StandardJavaFileManager own) {
    files = new ClassPathFiles(own, System.getProperty("java.class.path"));
    return files;
  }

  /** Runs a statement that does nothing, so that the first cell's needn't be the first. */
  void warmUp() {
    shell.eval("if (true) { }");
  }

  /** See {@link ClassPathFiles#settled}. */
  void settled() {
    files.settled();
  }

  /** How long snippets have been compiled so far. */
  long compileNanos() {
    return compileNanos;
  }

  JShell shell() {
    return shell;
  }

  /**
   * Runs a snippet.
   *
   * @return the value of an expression; empty for declarations, assignments and statements
   * @throws CellFailure if it does not compile, or throws
   */
  Optional<Object> run(CellPart.Java part, SourceText cell) throws CellFailure {
    var origin = new Snippets.Origin(cell, part.offset());
    var redefinition = Redefinition.of(shell, part.source());
    if (redefinition.filter(Redefinition::isVain).isPresent()) {
      return Optional.empty();
    }
    redefinition.ifPresent(this::warn);
    control.reset();
    long start = System.nanoTime() - control.runNanos();
    var events = shell.eval(part.source());
    compileNanos += System.nanoTime() - control.runNanos() - start;
    if (events.isEmpty()) {
      throw new CellFailure(CompileErrors.plain(origin, "this cannot be evaluated"));
    }
    var main = mainEvent(events);
    snippets.add(main.snippet(), origin, shell.sourceCodeAnalysis().wrapper(main.snippet()));
    note(events);
    if (main.status() == Status.REJECTED) {
      throw new CellFailure(CompileErrors.of(shell, main.snippet(), origin, mends));
    }
    if (main.exception() != null) {
      var error = error(main.exception(), origin);
      restore(events, redefinition);
      throw new CellFailure(error);
    }
    var value = hasValue(main.snippet()) ? control.value() : null;
    restore(events, redefinition);
    return Optional.ofNullable(value);
  }

  /** Before anything is lost: names what cannot be kept, and puts it where it can be found. */
  private void warn(Redefinition redefinition) {
    var names = new ArrayList<String>();
    for (var variable : redefinition.variables()) {
      variables
          .value(variable.name())
          .ifPresent(
              value -> {
                Registry.put(variable.name(), value);
                names.add(variable.name());
              });
    }
    if (!names.isEmpty()) {
      notes.accept(KeptNotes.lost(redefinition, names));
    }
  }

  private void restore(List<SnippetEvent> events, Optional<Redefinition> redefinition) {
    var fate = variables.after(events);
    fate.lost().forEach(Registry::put);
    var known = redefinition.map(r -> r.variables().stream().map(VarSnippet::name).toList());
    var unforeseen = new ArrayList<>(fate.lost().keySet());
    unforeseen.removeAll(known.orElse(List.of()));
    if (!unforeseen.isEmpty()) {
      notes.accept(KeptNotes.lost(unforeseen));
    }
    if (redefinition.isPresent() && !fate.kept().isEmpty()) {
      notes.accept(KeptNotes.kept(redefinition.get(), fate.kept()));
    }
  }

  /** What another thread threw, ready to be shown. */
  String stray(Thread thread, Throwable thrown) {
    return runtimeErrors.stray(thread, thrown);
  }

  /** What a magic threw, with the frames of cells in it. */
  CellError magicError(Throwable thrown, SourceText cell, CellPart.Magic part) {
    return MagicErrors.of(thrown, cell, part, runtimeErrors);
  }

  /** Declares a variable with a value; even after the cell was asked to stop. */
  void define(String type, String name, Object value) {
    restore(shell.eval(type + " " + name + ";"), Optional.empty());
    if (!variables.set(name, value)) {
      throw new IllegalArgumentException(
          "a variable %s %s cannot be declared".formatted(type, name));
    }
  }

  /** The variables that can be used, in the order of their declaration. */
  List<Variable> variables() {
    return variables.all();
  }

  /** The declarations that cannot be used yet, in words; each is told only once. */
  List<String> notes() {
    var notes = new ArrayList<String>();
    for (var snippet : unresolved) {
      if (isRecoverable(shell.status(snippet))) {
        notes.add(name(snippet) + " cannot be used yet: " + CompileErrors.missing(shell, snippet));
      }
    }
    unresolved.clear();
    return notes;
  }

  static SnippetEvent mainEvent(List<SnippetEvent> events) {
    return events.stream()
        .filter(event -> event.causeSnippet() == null)
        .findFirst()
        .orElse(events.get(0));
  }

  private void note(List<SnippetEvent> events) {
    for (var event : events) {
      if (event.snippet() instanceof DeclarationSnippet declared && isRecoverable(event.status())) {
        unresolved.add(declared);
      }
    }
  }

  private static boolean isRecoverable(Status status) {
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  private static boolean hasValue(Snippet snippet) {
    var kind = snippet.subKind();
    return kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        || kind == SubKind.VAR_VALUE_SUBKIND
        || kind == SubKind.OTHER_EXPRESSION_SUBKIND;
  }

  private static String name(DeclarationSnippet snippet) {
    return snippet.name() + (snippet.kind() == Snippet.Kind.METHOD ? "()" : "");
  }

  private CellError error(JShellException exception, Snippets.Origin origin) {
    var thrown = control.thrown();
    if (exception instanceof UnresolvedReferenceException unresolvedReference) {
      var needed = unresolvedReference.getSnippet();
      thrown =
          new IllegalStateException(
              name(needed) + " cannot be used yet: " + CompileErrors.missing(shell, needed));
    } else if (thrown == null || !(exception instanceof EvalException)) {
      thrown = exception;
    }
    return runtimeErrors.of(thrown, exception, origin.source());
  }

  @Override
  public void close() {
    shell.close();
  }
}
