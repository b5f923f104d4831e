package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.magic.Completion;
import unroll.kernel.magic.Magic;
import unroll.kernel.magic.MagicException;

class MagicsInCellsTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    var echo =
        new Magic(
            "echo",
            "%echo WORD\n%%echo WORD",
            "Shows a word.",
            "",
            (call, context) -> {
              if (call.arguments().size() != 1) {
                throw new MagicException("expected one word, got '" + call.text() + "'");
              }
              return call.arguments().get(0) + call.body().map(b -> "+" + b).orElse("");
            },
            (before, word, context) -> List.of("alpha", "beta"));
    var value =
        new Magic(
            "value",
            "%value EXPRESSION",
            "Shows an expression's value.",
            "",
            (call, context) -> "<" + context.value(call.text()) + ">",
            Completion.none());
    cells = new Cells(new SessionSettings(List.of("java.util.*"), List.of(), List.of(echo, value)));
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  @Test
  void magicsAndJava_freelyMixed() {
    var seen = cells.run("int a = 1;", "%echo one", "a++;", "  %echo two  // a comment", "a");
    assertThat(seen.inOrder()).isEqualTo("display: one | display: two | result: 2");
  }

  @Test
  void magicLast_noResult() {
    assertThat(cells.run("5", "%echo x").inOrder()).isEqualTo("display: x");
  }

  @Test
  void percentInsideJava_staysJava() {
    assertThat(cells.text("int n = 17;", "n", "  % 5")).isEqualTo("2");
    assertThat(cells.text("String s = \"\"\"", "%echo no", "\"\"\";", "s")).isEqualTo("%echo no\n");
    assertThat(cells.run("/*", "%echo no", "*/", "// %echo no").log).isEmpty();
    assertThat(cells.run("if (true) {", "  int k = 9", "%cc;", "}").error.name())
        .isEqualTo(CellError.COMPILE_ERROR);
  }

  @Test
  void cellForm_takesTheRest() {
    assertThat(cells.run("%%echo x // comment", "int a;", "%no magic").inOrder())
        .isEqualTo("display: x+int a;\n%no magic");
  }

  @Test
  void wrongArguments_usageLine() {
    var seen = cells.run("int before = 1;", "%echo one two", "int after = 2;");
    assertThat(seen.error.name()).isEqualTo(CellError.MAGIC_ERROR);
    assertThat(seen.error.value())
        .isEqualTo(
            "%echo: expected one word, got 'one two'\nusage: %echo WORD\n       %%echo WORD");
    assertThat(seen.error.line()).isEqualTo(2);
    assertThat(seen.traceback()).contains("→  2 │ %echo one two");
    assertThat(cells.run("after").error).isNotNull();
  }

  @Test
  void unknownMagic_nearestName() {
    assertThat(cells.run("%%value 1", "2").error.value())
        .isEqualTo("%value: has no cell form; write it with one %\nusage: %value EXPRESSION");
    assertThat(cells.run("%ehco x").error.value()).contains("%ehco").contains("mean %echo?");
    assertThat(cells.run("%zzzzzzzz").error.value()).doesNotContain("mean").contains("%help");
  }

  @Test
  void valueOfAnExpression_fromTheSession() {
    assertThat(cells.run("var list = List.of(1, 2);", "%value list.size() * 10").inOrder())
        .isEqualTo("display: <20>");
    assertThat(cells.run("%value nothing.here").error.name()).isEqualTo(CellError.COMPILE_ERROR);
    assertThat(cells.run("%value Integer.parseInt(\"x\")").error.name())
        .isEqualTo("java.lang.NumberFormatException");
  }

  @Test
  void help_listsAllAndOne() {
    var all = cells.run("%help").displays.get(0);
    assertThat(all.get(MimeBundle.TEXT).orElseThrow())
        .contains("%echo WORD")
        .contains("Shows a word.")
        .contains("%help [NAME]");
    assertThat(all.get(MimeBundle.HTML).orElseThrow()).contains("<table>").contains("%echo WORD");
    assertThat(cells.run("%help %echo").inOrder())
        .isEqualTo("display: %echo WORD\n%%echo WORD\nShows a word.");
    assertThat(cells.run("%help ecko").error.value()).contains("mean %echo?");
  }

  @Test
  void completion_namesAndArguments() {
    assertThat(complete("%").matches()).contains("%echo", "%help", "%value");
    assertThat(complete("int a = 1;\n  %ec").matches()).containsExactly("%echo");
    assertThat(complete("%echo ").matches()).containsExactly("alpha", "beta");
    var second = complete("%echo be");
    assertThat(second.matches()).containsExactly("beta");
    assertThat(second.start()).isEqualTo("%echo ".length());
    assertThat(complete("%help ec").matches()).containsExactly("echo");
  }

  @Test
  void inspection_sameAsHelp() {
    var source = "int a = 1;\n%echo x";
    assertThat(cells.evaluator.inspect(source, source.length() - 4, false))
        .isEqualTo(Optional.of(cells.run("%help echo").displays.get(0)));
  }

  @Test
  void unregistered_unknown() {
    var magic = new Magic("gone", "%gone", "", "", (c, x) -> "here", Completion.none());
    cells.evaluator.magics().register(magic);
    assertThat(cells.run("%gone").inOrder()).isEqualTo("display: here");
    cells.evaluator.magics().unregister(magic);
    assertThat(cells.run("%gone").error.name()).isEqualTo(CellError.MAGIC_ERROR);
  }

  private static Completions complete(String source) {
    return cells.evaluator.complete(source, source.length());
  }
}
