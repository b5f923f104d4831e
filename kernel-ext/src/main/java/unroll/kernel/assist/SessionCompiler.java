package unroll.kernel.assist;

import com.sun.source.util.JavacTask;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;

/**
 * The JDK's compiler, asked what the names in code that is being written stand for. It sees what
 * JShell sees, and makes no class files. Not to be used from two threads at once.
 */
public final class SessionCompiler {
  private static final List<String> OPTIONS =
      List.of(
          "-proc:none",
          "-Xlint:none",
          "-implicit:none",
          "-parameters", // reads the names that class files have
          "--should-stop=ifError=FLOW", // attribute what can be, in spite of errors
          "-XDshould-stop.at=FLOW");

  private final JShell shell;
  private JavaCompiler compiler; // made when it is asked first: a session opens faster without
  private StandardJavaFileManager files;
  private String classPath = "";

  /** For the code of a session. */
  public SessionCompiler(JShell shell) {
    this.shell = shell;
  }

  /**
   * Looks at code.
   *
   * @param before the parts of the cell before the one that is being written, each whole
   * @param last the part that is being written, up to the cursor
   * @param classPath as a JVM has it
   */
  public Attribution attribute(List<String> before, String last, String classPath) {
    useClassPath(classPath);
    return analyze(SessionCode.of(shell, before, last, false));
  }

  /** The same for a part that declares a method. */
  public Attribution attributeMember(List<String> before, String last, String classPath) {
    useClassPath(classPath);
    return analyze(SessionCode.of(shell, before, last, true));
  }

  private void useClassPath(String wanted) {
    if (compiler == null) {
      compiler = ToolProvider.getSystemJavaCompiler();
      files = compiler.getStandardFileManager(problem -> {}, Locale.ROOT, null);
    }
    if (!wanted.equals(classPath)) {
      classPath = wanted;
      var entries =
          Arrays.stream(wanted.split(File.pathSeparator))
              .filter(entry -> !entry.isEmpty())
              .map(File::new)
              .toList();
      try {
        files.setLocation(StandardLocation.CLASS_PATH, entries);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Attribution analyze(SessionCode code) {
    var source =
        new SimpleJavaFileObject(URI.create("string:///$Cell.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code.text();
          }
        };
    var task =
        (JavacTask) compiler.getTask(null, files, problem -> {}, OPTIONS, null, List.of(source));
    try {
      var unit = task.parse().iterator().next();
      analyze(task);
      return new Attribution(task, unit, code.cursor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The compiler may fail on code that is half written; what it has understood counts. */
  private static Optional<RuntimeException> analyze(JavacTask task) throws IOException {
    try {
      task.analyze();
      return Optional.empty();
    } catch (RuntimeException failed) {
      return Optional.of(failed);
    }
  }
}
