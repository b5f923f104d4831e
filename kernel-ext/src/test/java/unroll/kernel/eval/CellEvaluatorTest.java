package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CellEvaluatorTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells =
        new Cells(
            new SessionSettings(
                List.of("java.util.*", "no.such.place.*", "static unroll.kernel.Notebook.*"),
                List.of(),
                List.of()));
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  @Test
  void lastExpression_result() {
    assertThat(cells.text("var two = 2;", "two + 40")).isEqualTo("42");
  }

  @Test
  void expressionWithSemicolon_noResult() {
    assertThat(cells.run("1 + 1;").log).isEmpty();
  }

  @Test
  void declarationAssignmentAndNull_noResult() {
    assertThat(cells.run("var a = 1").log).isEmpty();
    assertThat(cells.run("a = 5").log).isEmpty();
    assertThat(cells.run("(Object) null").log).isEmpty();
    assertThat(cells.text("a")).isEqualTo("5");
  }

  @Test
  void outputs_inTheOrderTheyWereMade() {
    var seen =
        cells.run(
            "System.out.println(\"one\");",
            "display(\"two\");",
            "System.err.println(\"three\");",
            "System.out.println(\"four\");",
            "\"five\"");
    assertThat(seen.inOrder())
        .isEqualTo("stdout: one | display: two | stderr: three | stdout: four | result: five");
  }

  @Test
  void mutuallyDependentDeclarations_work() {
    var text =
        cells.text(
            "class Even { boolean of(int n) { return n == 0 || new Odd().of(n - 1); } }",
            "class Odd { boolean of(int n) { return n != 0 && new Even().of(n - 1); } }",
            "int ping(int n) { return n == 0 ? 0 : pong(n - 1); }",
            "int pong(int n) { return n == 0 ? 1 : ping(n - 1); }",
            "new Even().of(10) + \" \" + ping(7)");
    assertThat(text).isEqualTo("true 1");
  }

  @Test
  void chainedCallsOverLines_oneExpression() {
    assertThat(cells.text("List.of(3, 1, 2)", "    .stream()", "    .sorted()", "    .toList()"))
        .isEqualTo("[1, 2, 3]");
  }

  @Test
  void redefinedMethodAndClass_newOnesCount() {
    cells.run("int answer() { return 1; }", "class Box { int v = 1; }");
    cells.run("int answer() { return 2; }", "class Box { int v = 3; }");
    assertThat(cells.text("answer() + new Box().v")).isEqualTo("5");
  }

  @Test
  void valueAsObject_notStringified() {
    assertThat(cells.text("new int[][] {{1, 2}, {3}}")).isEqualTo("[[1, 2], [3]]");
  }

  @Test
  void executionCount_countsUnlessAskedNotTo() {
    var before = cells.evaluator.executionCount();
    var outcome = cells.evaluator.execute("1", new Recorded(), false);
    assertThat(outcome.executionCount()).isEqualTo(before);
    cells.run("1");
    assertThat(cells.evaluator.executionCount()).isEqualTo(before + 1);
  }
}
