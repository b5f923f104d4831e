package unroll.kernel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;

/**
 * Runs JShell scripts from first to last in this JVM. Unlike the JDK's tool it stops at the first
 * snippet that fails, says in which line, and has an exit code.
 */
final class ScriptRunner implements AutoCloseable {

  static final String COMMANDS =
      "/exit [CODE], /open FILE, /vars, /methods, /types, /imports, /help";

  /** What stands before a snippet: blanks and comments. */
  private static final Pattern BLANK = Pattern.compile("(?:\\s+|//[^\\n]*|(?s:/\\*.*?\\*/))+");

  private static final Pattern COMMAND = Pattern.compile("/([a-z?!-]+)[ \\t]*([^\\n]*)(\\n|\\z)");

  /** The compiler's word for the class that JShell wraps around a snippet. */
  private static final Pattern LOCATION = Pattern.compile("(?m)\\n? *location: +class *(REPL.*)?$");

  /** A snippet of a script, to name lines in messages. */
  private record Place(String file, int line) {}

  /** Ends the script with an exit code. */
  private static final class Exit extends Exception {
    private static final long serialVersionUID = 1L;
    private final int code;

    Exit(int code) {
      super(null, null, false, false);
      this.code = code;
    }
  }

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean echo;
  private final JShell shell;
  private final Map<String, Place> places = new HashMap<>();

  /**
   * @param echo whether to print the values of expressions, as a session does
   */
  ScriptRunner(PrintWriter out, PrintWriter err, boolean echo) {
    this.out = out;
    this.err = err;
    this.echo = echo;
    shell =
        JShell.builder()
            .executionEngine("local")
            .compilerOptions("-classpath", System.getProperty("java.class.path"))
            .build();
    ShellImports.declarations().forEach(shell::eval);
  }

  /**
   * Runs a script.
   *
   * @param name of the file, for messages
   * @param text the script
   * @return the exit code
   */
  int run(String name, String text) {
    try {
      runAll(name, text.replace("\r\n", "\n"));
      return 0;
    } catch (Exit exit) {
      return exit.code;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private void runAll(String name, String text) throws Exit {
    int at = 0;
    while (true) {
      Matcher blank = BLANK.matcher(text).region(at, text.length());
      if (blank.lookingAt()) {
        at = blank.end();
      }
      if (at >= text.length()) {
        return;
      }
      Place place =
          new Place(name, 1 + (int) text.chars().limit(at).filter(c -> c == '\n').count());
      Matcher command = COMMAND.matcher(text).region(at, text.length());
      if (command.lookingAt()) {
        command(place, command.group(1), command.group(2).strip());
        at = command.end();
        continue;
      }
      int end = snippetEnd(text, at);
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(text.substring(at, end));
      if (next.source() == null) {
        throw fail(
            place, "this snippet has no end", text.substring(at).lines().findFirst().orElse(""));
      }
      for (SnippetEvent event : shell.eval(next.source())) {
        places.putIfAbsent(event.snippet().id(), place);
        if (event.causeSnippet() == null) {
          check(place, event);
        }
      }
      at = end - next.remaining().length();
    }
  }

  /** Where the first lines end that make a whole snippet, or the text. */
  private int snippetEnd(String text, int start) {
    for (int from = start; ; ) {
      int feed = text.indexOf('\n', from);
      if (feed < 0) {
        return text.length();
      }
      String lines = text.substring(start, feed);
      if (shell.sourceCodeAnalysis().analyzeCompletion(lines).completeness().isComplete()) {
        return feed;
      }
      from = feed + 1;
    }
  }

  private void check(Place place, SnippetEvent event) throws Exit {
    requireDone(place, event);
    if (echo && event.value() != null) {
      if (event.snippet() instanceof VarSnippet variable) {
        out.println(variable.name() + " ==> " + event.value());
      } else if (event.snippet() instanceof ExpressionSnippet expression) {
        out.println(expression.name() + " ==> " + event.value());
      }
    }
    out.flush();
  }

  private void requireDone(Place place, SnippetEvent event) throws Exit {
    Snippet snippet = event.snippet();
    if (event.status() == Snippet.Status.REJECTED) {
      Diag diag = shell.diagnostics(snippet).filter(Diag::isError).findFirst().orElse(null);
      if (diag == null) {
        throw fail(place, "this cannot be evaluated", snippet.source());
      }
      int position = (int) Math.max(0, Math.min(diag.getPosition(), snippet.source().length()));
      int below = (int) snippet.source().chars().limit(position).filter(c -> c == '\n').count();
      String line = snippet.source().lines().skip(below).findFirst().orElse("");
      throw fail(
          new Place(place.file(), place.line() + below),
          LOCATION.matcher(diag.getMessage(Locale.ENGLISH)).replaceAll(""),
          line);
    }
    if (event.exception() != null) {
      throw fail(place, describe(event.exception()), "");
    }
  }

  private Exit fail(Place place, String what, String line) {
    out.flush();
    err.println(place.file() + ", line " + place.line() + ": " + what.strip());
    if (!line.isBlank()) {
      err.println("    " + line.strip());
    }
    return new Exit(1);
  }

  private String describe(JShellException thrown) {
    if (thrown instanceof UnresolvedReferenceException unresolved) {
      DeclarationSnippet used = unresolved.getSnippet();
      List<String> missing = shell.unresolvedDependencies(used).toList();
      return missing.isEmpty()
          ? used.source().strip() + " cannot be used: it does not compile"
          : "used before it is declared: " + String.join(", ", missing);
    }
    StringBuilder text = new StringBuilder();
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      String name =
          each instanceof EvalException eval
              ? eval.getExceptionClassName()
              : each.getClass().getName();
      text.append(text.isEmpty() ? "" : "\n  caused by ").append(name);
      if (each.getMessage() != null) {
        text.append(": ").append(each.getMessage());
      }
      for (StackTraceElement frame : each.getStackTrace()) {
        text.append("\n    at ").append(frame(frame));
      }
    }
    return text.toString();
  }

  /** A frame with the script's own line where it lies in a snippet. */
  private String frame(StackTraceElement frame) {
    String file = frame.getFileName() == null ? "" : frame.getFileName();
    Place place = file.startsWith("#") ? places.get(file.substring(1)) : null;
    if (place == null) {
      return frame.toString();
    }
    int line = place.line() + Math.max(0, frame.getLineNumber() - 1);
    String method = frame.getMethodName();
    return (method.isEmpty() ? "" : method + " ") + "(" + place.file() + ":" + line + ")";
  }

  private void command(Place place, String name, String argument) throws Exit {
    switch (name) {
      case "exit" -> throw new Exit(argument.isEmpty() ? 0 : exitCode(place, argument));
      case "open" -> open(place, argument);
      case "vars" ->
          shell
              .variables()
              .forEach(
                  each ->
                      out.println(
                          each.typeName() + " " + each.name() + " = " + shell.varValue(each)));
      case "methods" ->
          shell.methods().forEach(each -> out.println(each.name() + " " + each.signature()));
      case "types" ->
          shell.types().forEach(each -> out.println(each.subKind() + " " + each.name()));
      case "imports" -> shell.imports().forEach(each -> out.println(each.source().strip()));
      case "help", "?" -> {
        out.println("A script is Java snippets, one after another, and these commands:");
        out.println("  " + COMMANDS);
        out.println("It ends at its first snippet that fails, with exit code 1.");
      }
      default ->
          throw fail(place, "/" + name + " is no command of a script; there are " + COMMANDS, "");
    }
  }

  private int exitCode(Place place, String expression) throws Exit {
    SnippetEvent event = shell.eval(expression).get(0);
    try {
      requireDone(place, event);
      return Integer.parseInt(String.valueOf(event.value()));
    } catch (NumberFormatException e) {
      throw fail(place, "/exit takes a whole number, got " + expression, "");
    }
  }

  private void open(Place place, String file) throws Exit {
    String text;
    try {
      text = Files.readString(Path.of(file)).replace("\r\n", "\n");
    } catch (IOException e) {
      throw fail(place, "/open: cannot read " + file, "");
    }
    runAll(file, text);
  }

  @Override
  public void close() {
    shell.close();
  }
}
