package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import unroll.kernel.display.MimeBundle;

class CodeAssistantTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells = new Cells(new SessionSettings(List.of("java.util.*"), List.of(), List.of()));
    cells.run("var words = new ArrayList<String>();");
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

  @ParameterizedTest
  @CsvSource({
    "Math.max, Math.max(int a",
    "Math.max(1, Math.max(int a",
    "words, java.util.ArrayList<java.lang.String>",
    "words.addAll, addAll(",
  })
  void inspection_signatures(String source, String expected) {
    var found = cells.evaluator.inspect(source, source.length(), false);
    assertThat(found.orElseThrow().get(MimeBundle.TEXT).orElseThrow()).contains(expected);
  }

  @Test
  void inspection_cursorInsideTheWord() {
    var found = cells.evaluator.inspect("Math.max(1, 2)", "Math.m".length(), false);
    assertThat(found.orElseThrow().get(MimeBundle.TEXT).orElseThrow()).contains("Math.max(int a");
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
