package unroll.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./unroll jshell} as a person at a terminal has it. */
@EnabledIf(value = "unroll.kernel.cli.PseudoTerminal#isThere", disabledReason = "no `script` here")
class JshellSessionTest {
  private static final String CTRL_C = "\u0003";

  @TempDir Path folder;

  private PseudoTerminal open() throws Exception {
    var classPath =
        String.join(
            File.pathSeparator, JavaProcess.classPath().stream().map(Path::toString).toList());
    return new PseudoTerminal(
        folder,
        List.of(
            JavaProcess.java().toString(),
            "--add-opens=jdk.jshell/jdk.internal.jshell.tool=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Djava.util.prefs.userRoot=" + folder, // no history of a person is touched
            "-Dunroll.input=terminal",
            "-Dunroll.terminal=80",
            "-Dunroll.charset=UTF-8",
            "-cp",
            classPath,
            Main.class.getName(),
            "jshell"));
  }

  @Test
  void session_chartHelpTrainingInterruptExit() throws Exception {
    try (var terminal = open()) {
      terminal.await("Unroll .* in JShell");
      terminal.await("/help unroll\\s+jshell> ");

      terminal.type("LineChart.of(\"Wave\", \"t\", \"y\").line(\"up\", new double[] {0, 1})");
      terminal.await("==> \nWave\n");
      assertThat(terminal.await("1\\.00 ┤[^\n]*\n").group().length()).isLessThanOrEqualTo(80);
      terminal.await("⠒ up\\s+jshell> ");

      terminal.type("Table.create(\"t\", IntColumn.create(\"n\", 1, 2))");
      terminal.await("t: 2 rows × 1 columns");
      terminal.await("jshell> ");

      terminal.type("/help unroll");
      terminal.await("what was trained is there");
      terminal.await("jshell> ");

      train(terminal);

      terminal.type("models()");
      terminal.await("SequenceToSequence-1 ");
      terminal.await("jshell> ");

      terminal.type("/exit 3");
      terminal.await("Goodbye");
      assertThat(terminal.awaitExit()).isEqualTo(3);
      assertThat(terminal.text()).doesNotContain("WARNING");
    }
  }

  private static void train(PseudoTerminal terminal) throws Exception {
    terminal.type(
        "var days = IntStream.range(0, 60).mapToObj(LocalDate.of(2000, 1, 1)::plusMonths)"
            + ".toArray(LocalDate[]::new);");
    terminal.await("jshell> ");
    terminal.type(
        "var prices = Table.create(DateColumn.create(\"date\", days), DoubleColumn.create("
            + "\"close\", IntStream.range(0, 60).mapToDouble(i -> 10 + Math.sin(i)).toArray()));");
    terminal.await("jshell> ");
    terminal.type(
        "var data = Windows.of(prices, \"date\", \"close\").length(4)"
            + ".split(\"2003-01\", \"2004-01\");");
    terminal.await("jshell> ");
    terminal.type("var model = SequenceToSequence.of(Lstm.of(1, 3), Linear.of(3, 1));");
    terminal.await("jshell> ");
    terminal.type("var run = model.fit(data, Fit.epochs(1_000_000))");
    int first = Integer.parseInt(terminal.await("epoch (\\d+)/1000000 +┄").group(1));
    terminal.await("loss [0-9]");
    int later = first;
    while (later < first + 3) { // the bar moves
      later = Integer.parseInt(terminal.await("epoch (\\d+)/1000000 +┄").group(1));
    }
    terminal.press(CTRL_C);
    terminal.await("run ==> stopped in epoch \\d+, step");
    terminal.await("jshell> ");
    terminal.type("run.status() + \" \" + Models.list().size() + \" of \" + run.history().size()");
    var kept = terminal.await("==> \"INTERRUPTED 1 of (\\d+)\"");
    assertThat(Integer.parseInt(kept.group(1))).isGreaterThanOrEqualTo(later - 1);
    terminal.await("jshell> ");
  }

  @Test
  void loopThatNeverEnds_saidWhereAndEndedByASecondInterrupt() throws Exception {
    try (var terminal = open()) {
      terminal.await("jshell> ");
      terminal.type("int spin() { while (true) { Math.sqrt(2); } }");
      terminal.await("jshell> ");
      terminal.type("spin()");
      Thread.sleep(500);
      terminal.press(CTRL_C);
      terminal.await("still running");
      terminal.await("at spin\\(\\)");
      terminal.press(CTRL_C);
      terminal.await("/reload -restore");
      terminal.await("jshell> ");
      terminal.type("6 * 7");
      terminal.await("==> 42");
      terminal.press("\u0004"); // Ctrl-D
      assertThat(terminal.awaitExit()).isZero();
    }
  }
}
