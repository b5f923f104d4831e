package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells = new Cells(new SessionSettings(List.of("java.util.*"), List.of(), List.of()));
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
    assertThat(lines).anyMatch(l -> l.matches("    … in java\\.util\\.\\S+( and \\d+ more)?"));
    assertThat(lines.get(lines.size() - 1)).isEqualTo("    at Cell [" + number() + "], line 2");
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
}
