package unroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A page of the documentation, whose code is compiled and run. */
final class Page {

  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  private Page() {}

  /** The text of a page in {@code docs}. */
  static String read(String name) throws IOException {
    return Files.readString(Path.of("..", "..", "docs", name)).replace("\r", "");
  }

  /** The blocks of Java on a page. */
  static List<String> blocks(String page) {
    return find(BLOCK, page);
  }

  /** The first group of everything that a pattern finds. */
  static List<String> find(Pattern pattern, String page) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(page);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Compiles a public class {@code Program implements Runnable} and runs it. */
  static void run(String program, Path classes) throws Exception {
    compile(program, classes);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, Page.class.getClassLoader())) {
      ((Runnable) loader.loadClass("Program").getDeclaredConstructor().newInstance()).run();
    }
  }

  private static void compile(String program, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return program;
          }
        };
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    String classPath = System.getProperty("java.class.path");
    List<String> options = List.of("-d", classes.toString(), "-cp", classPath, "-proc:none");
    boolean compiled =
        compiler.getTask(null, null, problems, options, null, List.of(source)).call();
    assertThat(compiled).as(problems.getDiagnostics().toString()).isTrue();
  }
}
