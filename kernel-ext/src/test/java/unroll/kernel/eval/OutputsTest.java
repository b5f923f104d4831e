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
  void printing_reachesTheOutputsInLargePieces() {
    var seen = cells.run("for (int i = 0; i < 30_000; i++) { System.out.println(i); }");
    assertThat(seen.out()).hasLineCount(30_000).startsWith("0\n1\n").endsWith("29999\n");
    assertThat(seen.log).hasSizeLessThan(300);
  }

  @Test
  void runawayPrinting_beginningAndEndShownAndAllOfItInAFile() {
    var seen = cells.run("for (int i = 0; i < 1_000_000; i++) { System.out.println(i); }");
    assertThat(seen.out().length()).isBetween(199_000, 201_000);
    assertThat(seen.out()).startsWith("0\n1\n").endsWith("\n999998\n999999\n");
    var lines = seen.out().lines().toList();
    int gap = Integer.parseInt(lines.get(lines.size() - PrintedText.LAST_LINES - 1));
    assertThat(lines.get(lines.size() - PrintedText.LAST_LINES)).isEqualTo("999950");
    assertThat(seen.updates.get(seen.updates.size() - 1).get(MimeBundle.TEXT).orElseThrow())
        .startsWith(String.format("… %,d lines (", 999_999 - gap))
        .contains("printed() is a file with all of it");
    assertThat(cells.text("java.nio.file.Files.lines(printed()).count()")).isEqualTo("1000000");
  }

  @Test
  void runawayPrintingOnOneLine_cut() {
    var seen = cells.run("for (int i = 0; i < 300_000; i++) { System.out.print('x'); }");
    assertThat(seen.out()).hasSize(PrintedText.SHOWN + 10_000);
    assertThat(seen.updates.get(seen.updates.size() - 1).get(MimeBundle.TEXT).orElseThrow())
        .startsWith("… 1 lines (100,000 characters)");
  }

  @Test
  void progressBar_ofAnyLengthIsNotCut() {
    var seen =
        cells.run(
            "for (int i = 0; i <= 100_000; i++) { System.out.print(\"\\r\" + i + \" of 100000\"); }",
            "System.out.println(\" done\");");
    assertThat(seen.out()).endsWith("\r100000 of 100000 done\n");
    assertThat(seen.displays).isEmpty();
    assertThat(seen.out().length()).isLessThan(50_000);
  }

  @Test
  void clearingInALoop_onlyWhatCouldBeSeenIsPassedOn() {
    var seen =
        cells.run(
            "for (int i = 0; i < 100_000; i++) { clearOutput(true); System.out.println(i); }");
    assertThat(seen.log).hasSizeLessThan(200).endsWith("stdout: 99999");
    assertThat(seen.log.get(seen.log.size() - 2)).isEqualTo("clear: true");
  }

  @Test
  void updatesInALoop_onlyTenASecondAndTheLastPassedOn() {
    var seen =
        cells.run(
            "var id = display(0);",
            "for (int i = 1; i <= 20_000; i++) { updateDisplay(id, i); }",
            "updateDisplay(id, \"end\")");
    assertThat(seen.updates).hasSizeLessThan(100);
    assertThat(seen.log).endsWith("update: end");
  }

  @Test
  void clearThatWaits_textBeforeItStaysUntilTheNextOutput() {
    assertThat(cells.run("System.out.println(1);", "clearOutput(true);").inOrder())
        .isEqualTo("stdout: 1 | clear: true");
    assertThat(cells.run("display(1);", "clearOutput(true);", "display(2);").inOrder())
        .isEqualTo("display: 1 | clear: true | display: 2");
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
