package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.magic.Completion;
import unroll.kernel.magic.Magic;

class ErrorsTest {
  private static final List<String> IMPORTS =
      List.of("java.util.*", "unroll.nn.*", "static unroll.kernel.Notebook.*");
  private static final Magic BROKEN =
      new Magic(
          "broken",
          "%broken",
          "Throws.",
          "",
          (call, context) -> List.of(Integer.valueOf(call.text())),
          Completion.none());

  private static Cells cells;

  @BeforeAll
  static void open() {
    cells = new Cells(new SessionSettings(IMPORTS, List.of(), List.of(BROKEN)));
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  private static int number() {
    return cells.evaluator.executionCount();
  }

  @Test
  void unknownName_lineMarkedAndNothingAfterItRuns() {
    var seen =
        cells.run("var a = 1;", "", "// a comment", "var b = a + wrong;", "System.out.println(b);");
    assertThat(seen.error.name()).isEqualTo(CellError.COMPILE_ERROR);
    assertThat(seen.error.line()).isEqualTo(4);
    assertThat(seen.traceback())
        .isEqualTo(
            """
            Cell [%d], line 4: cannot find symbol
              symbol:   variable wrong
               2 │\s
               3 │ // a comment
            →  4 │ var b = a + wrong;
                 │             ^~~~~"""
                .formatted(number()));
    assertThat(seen.out()).isEmpty();
    assertThat(cells.text("a")).isEqualTo("1");
  }

  @Test
  void errorInsideAMethod_itsOwnLineMarked() {
    var seen =
        cells.run("int twice(int x) {", "  int y = 2 * x;", "  return \"no\";", "}", "twice(2)");
    assertThat(seen.error.line()).isEqualTo(3);
    assertThat(seen.error.value()).contains("String cannot be converted to int");
    assertThat(seen.traceback()).contains("→  3 │   return \"no\";\n     │          ^~~~");
  }

  @Test
  void syntaxError_placeMarked() {
    var seen = cells.run("var ok = 1;", "int = 3;");
    assertThat(seen.error.name()).isEqualTo(CellError.COMPILE_ERROR);
    assertThat(seen.error.line()).isEqualTo(2);
  }

  @Test
  void unfinishedCell_lineMarked() {
    var seen = cells.run("var ok = 1;", "for (int i = 0; i < 3; i++) {", "  i += 1;");
    assertThat(seen.error.name()).isEqualTo(CellError.COMPILE_ERROR);
    assertThat(seen.error.value()).contains("reached end of file");
    assertThat(seen.error.line()).isBetween(2, 3);
  }

  @Test
  void exception_lineOfEachCellAndLibraryFramesCounted() {
    cells.run("int ratio(int a, int b) {", "  return a / b;", "}");
    int declared = number();
    var seen =
        cells.run(
            "var list = new ArrayList<>(List.of(2, 1));", "list.sort((a, b) -> ratio(a, 0));");
    assertThat(seen.error.name()).isEqualTo("java.lang.ArithmeticException");
    assertThat(seen.error.value()).isEqualTo("/ by zero");
    assertThat(seen.error.line()).isEqualTo(2);
    var lines = seen.traceback().lines().toList();
    assertThat(lines.get(0)).isEqualTo("java.lang.ArithmeticException: / by zero");
    assertThat(lines).contains("→  2 │   return a / b;");
    assertThat(lines).contains("    at Cell [" + declared + "], line 2 (ratio)");
    assertThat(lines)
        .anyMatch(l -> l.matches("    … ArrayList\\.sort: \\d+ frames in the JVM"))
        .endsWith("    at Cell [" + number() + "], line 2", "%errors shows every frame");
    var all = cells.run("%errors").displays.get(0).get(MimeBundle.TEXT).orElseThrow();
    assertThat(all)
        .startsWith("java.lang.ArithmeticException: / by zero\n    at Cell [" + declared + "]")
        .contains("java.util.ArrayList.sort(");
    assertThat(cells.text("lastError().getMessage()")).isEqualTo("/ by zero");
    assertThat(seen.traceback()).doesNotContain("REPL").doesNotContain("unroll.kernel");
  }

  @Test
  void causes_shownWithTheirMessages() {
    var seen =
        cells.run(
            "try {",
            "  Integer.parseInt(\"x\");",
            "} catch (NumberFormatException e) {",
            "  throw new IllegalStateException(\"outer\", e);",
            "}");
    assertThat(seen.error.line()).isEqualTo(4);
    assertThat(seen.traceback())
        .contains("java.lang.IllegalStateException: outer")
        .contains("caused by java.lang.NumberFormatException: For input string: \"x\"");
  }

  @Test
  void exceptionOfACellsOwnClass_namedAsTheUserNamedIt() {
    var seen =
        cells.run(
            "class Odd extends RuntimeException { Odd(String m) { super(m); } }",
            "throw new Odd(\"own\");");
    assertThat(seen.error.name()).isEqualTo("Odd");
    assertThat(seen.error.value()).isEqualTo("own");
  }

  @Test
  void endlessRecursion_shownOnceWithACount() {
    var seen = cells.run("int down(int n) {", "  return down(n + 1) + 1;", "}", "down(0)");
    assertThat(seen.error.name()).isEqualTo("java.lang.StackOverflowError");
    assertThat(seen.traceback()).containsPattern("line 2 \\(down\\) × \\d+");
    assertThat(seen.error.traceback()).hasSizeLessThan(12);
  }

  @Test
  void declarationWithMissingName_notedAndAnErrorOnlyWhenCalled() {
    var declared = cells.run("int late() { return notYet() + 1; }");
    assertThat(declared.error).isNull();
    assertThat(declared.err())
        .isEqualTo("late() cannot be used yet: method notYet() is not declared\n");
    var called = cells.run("", "late()");
    assertThat(called.error.value())
        .isEqualTo("late() cannot be used yet: method notYet() is not declared");
    assertThat(called.error.line()).isEqualTo(2);
    cells.run("int notYet() { return 41; }");
    assertThat(cells.text("late()")).isEqualTo("42");
  }

  @Test
  void variableOfUnknownType_compileError() {
    assertThat(cells.run("Nowhere n = null;").error.value()).contains("class Nowhere");
  }

  @Test
  void toStringThatThrows_errorSaysThatShowingFailed() {
    var seen =
        cells.run(
            "class Shy { public String toString() { throw new IllegalStateException(\"shy\"); } }",
            "new Shy()");
    assertThat(seen.error.value()).contains("showing it failed").contains("shy");
  }

  @Test
  void errorAndItsCell_sessionGoesOn() {
    cells.run("int kept = 5;", "throw new Error(\"bad\");");
    assertThat(cells.text("kept")).isEqualTo("5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"abc\".lenght() | did you mean length(…)?",
        "var z1 = List.of(1); z1.streem() | did you mean stream(…)?",
        "Path.of(\"x\") | import java.nio.file.Path;",
        "Object m = new HashMapp<String, String>(); | did you mean HashMap?",
        "System.out.printn(1) | did you mean print(…)?",
        "new Linear(3, 4) | make one with Linear.of(int inputSize, int outputSize) or Linear.of(",
        "class K1 { int f(String s) { return s.lengt(); } } | did you mean length(…)?",
      })
  void compileError_likelyMend(String source, String mend) {
    assertThat(cells.run(source).traceback()).contains("     = " + mend);
  }

  @Test
  void unknownVariable_nearestOfTheSession() {
    cells.run("int learningRate = 3;");
    assertThat(cells.run("learnigRate + 1").traceback()).contains("= did you mean learningRate?");
  }

  @Test
  void unknownMember_markedBehindThePoint() {
    assertThat(cells.run("var n = \"abc\".lenght();").traceback())
        .contains("→  1 │ var n = \"abc\".lenght();\n     │               ^~~~~~");
  }

  @Test
  void severalErrors_allShown() {
    var seen = cells.run("int many() {", "  int a = \"x\";", "  return nowhere;", "}");
    assertThat(seen.traceback()).contains("line 2: ", "→  2 │", "line 3: ", "→  3 │");
  }

  @Test
  void magicThatFails_framesFolded() {
    var seen = cells.run("%broken x");
    assertThat(seen.error.name()).isEqualTo("java.lang.NumberFormatException");
    assertThat(seen.traceback())
        .contains("→  1 │ %broken x", "frames in the JVM")
        .doesNotContain("caused by");
  }

  @Test
  void outOfMemory_saysHowToGetMore() {
    var seen = cells.run("long[] big = new long[Integer.MAX_VALUE];");
    assertThat(seen.error.name()).isEqualTo("java.lang.OutOfMemoryError");
    assertThat(seen.traceback()).contains("UNROLL_JAVA_OPTS=-Xmx");
    assertThat(cells.text("1 + 1")).isEqualTo("2");
  }

  @Test
  void toStringWithoutEnd_sessionGoesOn() {
    var seen =
        cells.run("class Deep { public String toString() { return \"\" + this; } }", "new Deep()");
    assertThat(seen.error.name()).isEqualTo("java.lang.StackOverflowError");
    assertThat(cells.text("1 + 1")).isEqualTo("2");
  }

  @Test
  void expressionTooDeepForTheCompiler_sessionGoesOn() {
    assertThat(cells.run("1" + "+(1".repeat(20_000) + ")".repeat(20_000)).error).isNotNull();
    assertThat(cells.text("1 + 1")).isEqualTo("2");
  }

  @Test
  void otherThreads_errorShownWithItsLine() {
    var seen =
        cells.run(
            "var thread = new Thread(() -> {",
            "  throw new IllegalStateException(\"aside\");",
            "}, \"worker\");",
            "thread.start();",
            "thread.join();");
    assertThat(seen.error).isNull();
    assertThat(seen.err())
        .contains("in thread \"worker\": ", "java.lang.IllegalStateException", "aside")
        .contains("throw new IllegalStateException");
    assertThat(Ansi.strip(seen.err())).contains("at Cell [" + number() + "], line 2");
  }

  @Test
  void otherThreads_afterTheirCell_shownInTheNext() throws InterruptedException {
    cells.run(
        "var gate = new java.util.concurrent.CountDownLatch(1);",
        "var late = new Thread(() -> {",
        "  try { gate.await(); } catch (InterruptedException e) { return; }",
        "  throw new IllegalStateException(\"late\");",
        "});",
        "late.start();");
    var late = (Thread) lookup("late");
    ((CountDownLatch) lookup("gate")).countDown();
    late.join();
    assertThat(cells.run("1").err()).contains("late").contains("IllegalStateException");
    assertThat(cells.run("1").err()).isEmpty();
  }

  private static Object lookup(String variable) {
    return cells.evaluator.java().variables().stream()
        .filter(v -> v.name().equals(variable))
        .findAny()
        .orElseThrow()
        .value();
  }
}
