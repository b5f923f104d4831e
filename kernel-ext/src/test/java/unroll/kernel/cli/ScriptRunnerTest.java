package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptRunnerTest {

  private static final StringWriter OUT = new StringWriter();
  private static final StringWriter ERR = new StringWriter();
  private static final ScriptRunner RUNNER =
      new ScriptRunner(new PrintWriter(OUT, true), new PrintWriter(ERR, true), true);

  @TempDir private Path folder;

  @BeforeEach
  void forget() {
    OUT.getBuffer().setLength(0);
    ERR.getBuffer().setLength(0);
  }

  @AfterAll
  static void close() {
    RUNNER.close();
  }

  private static int run(String text) {
    return RUNNER.run("s.jsh", text);
  }

  @Test
  void session_printsValuesAsJShellDoes() {
    assertThat(run("// first\nint a = 2; var b = a +\n  1\n\nif (b > 1) {\n  a = 40;\n}\na + b"))
        .isZero();
    assertThat(OUT.toString()).contains("a ==> 2", "b ==> 3").containsPattern("\\$\\d+ ==> 43");
    assertThat(ERR.toString()).isEmpty();
  }

  @Test
  void library_isImported() {
    assertThat(run("LineChart.of(\"loss\", \"epoch\", \"loss\").title()")).isZero();
    assertThat(OUT.toString()).contains("==> \"loss\"");
  }

  @Test
  void snippetThatDoesNotCompile_endsTheScriptWithItsLine() {
    assertThat(run("int c = 1;\nint f() {\n  return 1;\n}\nint d =\n  nope;\nint never = 5;"))
        .isEqualTo(1);
    assertThat(ERR.toString()).startsWith("s.jsh, line 6: cannot find symbol").contains("nope;");
    assertThat(OUT.toString()).doesNotContain("never");
  }

  @Test
  void exception_isToldWithTheLinesOfTheScript() {
    assertThat(run("int half(int x) {\n\n  return 1 / x;\n}\nhalf(0)")).isEqualTo(1);
    assertThat(ERR.toString())
        .startsWith("s.jsh, line 5: java.lang.ArithmeticException: / by zero")
        .contains("at half (s.jsh:3)", "at (s.jsh:5)");
  }

  @Test
  void useBeforeDeclaration_namesWhatIsMissing() {
    assertThat(run("int early() { return later(); }\nearly()")).isEqualTo(1);
    assertThat(ERR.toString())
        .startsWith("s.jsh, line 2: used before it is declared")
        .contains("later()");
  }

  @Test
  void snippetWithoutEnd_isToldWithItsFirstLine() {
    assertThat(run("int e = 1;\nfor (;;) {\n  e++;\n")).isEqualTo(1);
    assertThat(ERR.toString()).startsWith("s.jsh, line 2: this snippet has no end");
  }

  @Test
  void exit_endsWithItsCode() {
    assertThat(run("/exit")).isZero();
    assertThat(run("int g = 3;\n/exit g + 4\nint never = 1;")).isEqualTo(7);
    assertThat(run("/exit \"x\"")).isEqualTo(1);
    assertThat(ERR.toString()).contains("/exit takes a whole number");
  }

  @Test
  void commands_showWhatThereIs() {
    assertThat(run("int h = 9;\n/vars\n/imports\n/help\n")).isZero();
    assertThat(OUT.toString()).contains("int h = 9", "unroll.plot.*", "/open FILE");
    assertThat(run("/lst")).isEqualTo(1);
    assertThat(ERR.toString()).contains("/lst is no command of a script");
  }

  @Test
  void openedFile_runsAndNamesItsOwnLines() throws Exception {
    Path other = Files.writeString(folder.resolve("other.jsh"), "int i = 4;\r\ni = missing;\r\n");
    assertThat(run("/open " + other)).isEqualTo(1);
    assertThat(ERR.toString()).startsWith(other + ", line 2: ");
    assertThat(run("/open " + folder.resolve("none"))).isEqualTo(1);
    assertThat(ERR.toString()).contains("/open: cannot read");
  }
}
