package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.kernel.display.MimeBundle;

class CodeAssistantTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    var imports = List.of("java.util.*", "unroll.nn.*", "static unroll.kernel.Notebook.*");
    cells = new Cells(new SessionSettings(imports, List.of(), List.of()));
    cells.run("var words = new ArrayList<>(List.of(\"one\", \"two\"));");
    cells.run("record Pair(int first, String second) {}", "var pair = new Pair(1, \"a\");");
    cells.run("int twice(int number) { return 2 * number; }");
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  private static Completions complete(String source) {
    return cells.evaluator.complete(source, source.length());
  }

  @Test
  void completion_ofTheSessionsVariables() {
    var source = "int a = 1;\nwords.addA";
    var found = complete(source);
    assertThat(found.matches()).contains("addAll(");
    assertThat(source.substring(found.start(), found.end())).isEqualTo("addA");
  }

  @Test
  void completion_ofVariablesOfTheCellItself() {
    assertThat(complete("var text = \"\";\n%help\ntext.isBl").matches())
        .containsExactly("isBlank()");
  }

  @Test
  void completion_afterADeclarationInTheCell() {
    assertThat(complete("int f() { return 1; }\nwords.isEmp").matches()).contains("isEmpty()");
  }

  @Test
  void completion_ofNothing_empty() {
    assertThat(complete("noSuchThing.").matches()).isEmpty();
  }

  private static String signature(String source, String text) {
    return complete(source).candidates().stream()
        .filter(c -> c.text().equals(text))
        .map(c -> c.type() + " " + c.signature())
        .findFirst()
        .orElse("none");
  }

  @Test
  void completion_saysWhatEachCandidateIs() {
    assertThat(signature("words.ad", "add(")).isEqualTo("function boolean add(String e) (+1)");
    assertThat(signature("Linear.", "of("))
        .isEqualTo("function static Linear of(int inputSize, int outputSize) (+1)");
    assertThat(signature("pair.", "first()")).isEqualTo("function int first()");
    assertThat(signature("pai", "pair")).isEqualTo("instance Pair pair");
    assertThat(signature("twi", "twice(")).isEqualTo("function int twice(int number)");
    assertThat(signature("Linea", "Linear")).startsWith("class");
    assertThat(signature("int f(Pair p) { return p.", "second()"))
        .isEqualTo("function String second()");
    assertThat(signature("words.forEach(w -> w.isB", "isBlank()"))
        .isEqualTo("function boolean isBlank()");
    assertThat(signature("%he", "%help")).isEqualTo("magic ");
  }

  @Test
  void completion_wantedTypeFirstAndWhatEveryObjectHasLast() {
    var wanted = complete("int n = words.").matches();
    assertThat(wanted.indexOf("size()")).isLessThan(wanted.indexOf("add("));
    var members = complete("words.").matches();
    assertThat(members.get(0)).isEqualTo("add(");
    assertThat(members.indexOf("wait(")).isGreaterThan(members.indexOf("trimToSize()"));
  }

  @Test
  void completion_ofNames_sessionThenLibraryThenOthersThenErrors() {
    cells.run("var Lis = 1;");
    var found = complete("Li").matches();
    assertThat(found.get(0)).isEqualTo("Lis");
    assertThat(found.get(1)).isEqualTo("Linear");
    assertThat(found.indexOf("LinkageError")).isGreaterThan(found.indexOf("List"));
  }

  @Test
  void completion_inAString_files(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("prices.csv"));
    Files.createDirectory(folder.resolve("private"));
    Files.createFile(folder.resolve(".hidden"));
    var path = folder.toString().replace('\\', '/');
    var source = "var t = read(\"" + path + "/pri";
    var found = complete(source);
    assertThat(found.matches()).containsExactly("prices.csv", "private/");
    assertThat(source.substring(found.start())).isEqualTo("pri");
    assertThat(complete("read(\"" + path + "/").matches()).doesNotContain(".hidden");
    assertThat(complete("read(\"" + path + "/no/such/x").matches()).isEmpty();
  }

  @Test
  void completion_inAString_namesOfTheLibrary() {
    assertThat(complete("Backends.use(\"ej").matches()).containsExactly("ejml");
    assertThat(complete("var m = Models.get(\"none of this name").matches()).isEmpty();
  }

  private static String inspect(String source, boolean details) {
    return cells
        .evaluator
        .inspect(source, source.length(), details)
        .orElseThrow()
        .get(MimeBundle.TEXT)
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Math.max | static int max(int a, int b)",
        "Math.max(1, | static int max(int a, int b)",
        "words | ArrayList<String> words",
        "words.add | boolean add(String e)",
        "words.add(0, | void add(int index, String element)",
        "words.stream().map | <R> Stream<R> map(Function<? super String, ? extends R>",
        "new ArrayList<>( | new ArrayList()",
        "new Pair( | new Pair(int first, String second)",
        "pair.second | String second",
        "twice | int twice(int number)",
        "twice( | int twice(int number)",
        "display | static String display(Object value)",
        "Linear.of(1, | static Linear of(int inputSize, int outputSize)",
        "Linear.of(1, 2, null, | static Linear of(int inputSize, int outputSize)",
        "Linear | public final class Linear implements Layer",
        "Map.Entry | interface Entry<K, V>",
        "var local = List.of(1); local.get | Integer get(int",
        "words.forEach(w -> w.isBlank | boolean isBlank()",
        "words.forEach(w -> { var u = w; u.length | int length()",
        "for (var w : words) { w.charAt | char charAt(int index)",
        "int f(Pair p) { return p.first | int first",
        "class A { int g() { return words.size | int size()",
        "var cut = \"abc\".substring(1, | String substring(int beginIndex, int endIndex)",
      })
  void inspection_signatures(String source, String expected) {
    assertThat(inspect(source, false)).contains(expected);
  }

  @Test
  void inspection_variablesOfTheCellItself() {
    assertThat(inspect("int h(String s) { return 1; }\n%help\nvar k = h(\"\"); h(", false))
        .startsWith("int h(String s)");
  }

  @Test
  void inspection_ofAVariable_itsValue() {
    assertThat(inspect("words", false)).isEqualTo("ArrayList<String> words\n\n[one, two]");
  }

  @Test
  void inspection_ofALibraryClass_documentationWithEquationsAndWaysToMakeOne() {
    var beginning = inspect("Linear", false);
    assertThat(beginning)
        .contains("An affine map of the last axis.", "  y = W x + b\n")
        .contains("Made by:\n  Linear.of(int inputSize, int outputSize)")
        .doesNotContain("Starts uniform");
    assertThat(inspect("Linear", true)).contains("Starts uniform between -1/√inputSize");
  }

  @Test
  void inspection_insideACall_parameterMarked() {
    var html = cells.evaluator.inspect("Linear.of(1, ", 13, false).orElseThrow();
    assertThat(html.get(MimeBundle.HTML).orElseThrow())
        .contains("static Linear of(int inputSize, <b>int outputSize</b>)");
  }

  @Test
  void inspection_cursorInsideTheWord() {
    var found = cells.evaluator.inspect("Math.max(1, 2)", "Math.m".length(), false);
    assertThat(found.orElseThrow().get(MimeBundle.TEXT).orElseThrow()).contains("max(int a");
  }

  @Test
  void inspection_ofNothing_empty() {
    assertThat(cells.evaluator.inspect("noSuchThing", 4, false)).isEmpty();
    assertThat(cells.evaluator.inspect("", 0, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "var x = 2;",
        "%help",
        "int f() { return 1; }",
        "1 + 1\n%help\n2",
        "a.b(c)"
      })
  void completeness_complete(String source) {
    assertThat(cells.evaluator.completeness(source)).isEqualTo(Completeness.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"for (int i = 0; i < 3; i++) {", "int f() {", "\"a\" +", "/* open", "f("})
  void completeness_incomplete(String source) {
    assertThat(cells.evaluator.completeness(source)).isEqualTo(Completeness.INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {") no", "int f() { return ; } }"})
  void completeness_invalid(String source) {
    assertThat(cells.evaluator.completeness(source)).isEqualTo(Completeness.INVALID);
  }
}
