package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import unroll.kernel.display.MimeBundle;

class OutputsTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells =
        new Cells(
            new SessionSettings(
                List.of("java.util.*", "static unroll.kernel.Notebook.*"), List.of(), List.of()));
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  @Test
  void displayedString_asTheTypeAskedFor() {
    var seen = cells.run("display(\"<b>x</b>\", \"text/html\");");
    assertThat(seen.displays).containsExactly(MimeBundle.empty().with(MimeBundle.HTML, "<b>x</b>"));
  }

  @Test
  void displayInATypeTheValueHasNot_errorNamesThoseItHas() {
    assertThat(cells.run("display(List.of(1), \"image/png\");").error.value())
        .contains("text/plain")
        .contains("image/png");
  }

  @Test
  void updateDisplay_inALaterCellToo() {
    var first = cells.run("var shown = display(\"first\");");
    var second = cells.run("updateDisplay(shown, \"second\");");
    assertThat(second.updateIds).isEqualTo(first.displayIds);
    assertThat(second.inOrder()).isEqualTo("update: second");
  }

  @Test
  void displayAsLastExpression_itsIdIsNoResult() {
    assertThat(cells.run("display(1)").inOrder()).isEqualTo("display: 1");
  }

  @Test
  void otherThreads_reachTheCellWhileItRuns() {
    var seen =
        cells.run(
            "var thread = new Thread(() -> { System.out.println(\"hi\"); display(2); });",
            "thread.start();",
            "thread.join();");
    assertThat(seen.inOrder()).isEqualTo("stdout: hi | display: 2");
  }

  @Test
  void threadThatOutlivesItsCell_showsInTheCellThatRunsThen() {
    cells.run(
        "var gate = new java.util.concurrent.CountDownLatch(1);",
        "Runnable work = () -> {",
        "  try { gate.await(); } catch (InterruptedException e) { return; }",
        "  display(\"late\");",
        "};",
        "var late = new Thread(work);",
        "late.start();");
    assertThat(cells.run("gate.countDown();", "late.join();").inOrder()).isEqualTo("display: late");
  }

  @Test
  void clearOutput_passedOn() {
    assertThat(cells.run("clearOutput();", "clearOutput(true);").inOrder())
        .isEqualTo("clear: false | clear: true");
  }

  @Test
  void systemIn_asksLineByLine() {
    var outputs = new Recorded();
    outputs.answers.addAll(List.of("3 4", "five"));
    var seen =
        cells.run(
            outputs,
            "var scanner = new Scanner(System.in);",
            "int sum = scanner.nextInt() + scanner.nextInt();",
            "scanner.nextLine();",
            "sum + scanner.nextLine()");
    assertThat(seen.text()).isEqualTo("7five");
    assertThat(seen.prompts).containsExactly("", "");
  }

  @Test
  void inputAndPassword_askWithTheirPrompts() {
    var outputs = new Recorded();
    outputs.answers.addAll(List.of("Ada", "secret"));
    var seen = cells.run(outputs, "input(\"Name: \") + password(\"Word: \").length()");
    assertThat(seen.text()).isEqualTo("Ada6");
    assertThat(seen.prompts).containsExactly("Name: ", "Word: *");
  }

  @Test
  void inputThatCannotBeAsked_error() {
    assertThat(cells.run("System.in.read()").error.value()).contains("cannot ask");
  }

  @Test
  void unicodePrintedByteByByte_arrivesWhole() {
    var seen =
        cells.run(
            "for (byte b : \"naïve 😀\".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {",
            "  System.out.write(b);",
            "}",
            "System.out.flush();");
    assertThat(seen.out()).isEqualTo("naïve 😀");
  }

  @Test
  void runawayPrinting_reachesTheOutputsInLargePieces() {
    var seen = cells.run("for (int i = 0; i < 100_000; i++) { System.out.println(i); }");
    assertThat(seen.out()).hasLineCount(100_000).startsWith("0\n1\n").endsWith("99999\n");
    assertThat(seen.log).hasSizeLessThan(1000);
  }

  @Test
  void streamsAfterTheSession_thoseFromBefore() {
    var before = System.out;
    try (var other = new Cells(SessionSettings.plain())) {
      assertThat(other.text("1 + 1")).isEqualTo("2");
    }
    assertThat(System.out).isSameAs(before);
  }
}
