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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of code in {@code docs/recurrent-networks.md} compiles and runs. */
class RecurrentNetworksPageTest {

  private static final Path PAGE = Path.of("..", "..", "docs", "recurrent-networks.md");
  private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\|[^|]*\\| `([^`]+)` \\|");
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

  private static List<String> find(Pattern pattern, String page) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(page);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String program(List<String> expressions, List<String> blocks) {
    StringBuilder code = new StringBuilder();
    for (String name : List.of("nn", "nn.recurrent", "plot", "tensor")) {
      code.append("import unroll.").append(name).append(".*;\n");
    }
    code.append("public class Page implements Runnable { public void run() {\n");
    for (String expression : expressions) {
      code.append("java.util.Objects.requireNonNull(").append(expression).append(");\n");
    }
    for (String block : blocks) {
      code.append("{\n").append(block).append("}\n");
    }
    return code.append("}}\n").toString();
  }

  @Test
  void everyLine_compilesAndRuns(@TempDir Path classes) throws Exception {
    String page = Files.readString(PAGE).replace("\r", "");
    List<String> expressions = find(IN_TABLE, page);
    List<String> blocks = find(BLOCK, page);
    assertThat(expressions).hasSizeGreaterThan(40).contains("Attention.dot()");
    assertThat(blocks).hasSize(4);
    compile(program(expressions, blocks), classes);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()},
            RecurrentNetworksPageTest.class.getClassLoader())) {
      ((Runnable) loader.loadClass("Page").getDeclaredConstructor().newInstance()).run();
    }
  }

  private static void compile(String program, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
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
