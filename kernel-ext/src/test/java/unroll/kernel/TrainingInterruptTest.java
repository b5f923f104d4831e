package unroll.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.CellOutcome;
import unroll.kernel.eval.Cells;
import unroll.kernel.eval.Recorded;

/** What an interrupt leaves of a training. */
@Timeout(60)
class TrainingInterruptTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells = new Cells(UnrollLibrary.settings());
    var prepared =
        cells.run(
            "var dates = IntStream.range(0, 600).mapToObj(LocalDate.of(2000, 1, 1)::plusDays)",
            "    .toArray(LocalDate[]::new);",
            "var levels = IntStream.range(0, 600).mapToDouble(i -> 10 + Math.sin(i)).toArray();",
            "var table = Table.create(DateColumn.create(\"date\", dates),",
            "    DoubleColumn.create(\"close\", levels));",
            "var data = Windows.of(table, \"date\", \"close\").logReturns().length(20)",
            "    .split(\"2001-01\", \"2001-05\");",
            "var model = SequenceToSequence.of(Lstm.of(1, 8), Linear.of(8, 1));",
            "Run run = null;");
    assertThat(prepared.traceback()).isEmpty();
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  private static Recorded interrupted(String... lines) throws Exception {
    var seen = new Recorded();
    Executor own = task -> new Thread(task).start();
    CompletableFuture<CellOutcome> cell =
        CompletableFuture.supplyAsync(
            () -> cells.evaluator.execute(String.join("\n", lines), seen), own);
    while (!seen.out().contains("on") && !cell.isDone()) {
      Thread.sleep(5);
    }
    cells.evaluator.interrupt();
    assertThat(cells.evaluator.awaitIdle(Duration.ofSeconds(2))).isTrue();
    var outcome = cell.get(1, TimeUnit.SECONDS);
    assertThat(outcome.interrupted()).as(() -> "after " + seen.inOrder()).isTrue();
    return seen;
  }

  private static final String CALLBACK =
      "Callback.afterEpoch(r -> { for (int i = 0; i < 3; i++) { System.out.println(\"on\"); } })";

  @Test
  void fitWithCallbackOfTheCell_leavesItsRunWhichGoesOn() throws Exception {
    interrupted("run = model.fit(data, Fit.epochs(100_000).callback(" + CALLBACK + "));");
    assertThat(cells.text("run.status()")).isEqualTo("INTERRUPTED");
    assertThat(cells.text("run.history().size() > 0")).isEqualTo("true");
    assertThat(cells.text("run.resume(f -> f.upTo(run.history().size() + 1)).status()"))
        .isEqualTo("FINISHED");
  }

  @Test
  void loopOverFits_endsAfterTheOneThatRuns() throws Exception {
    var seen =
        interrupted(
            "while (true) {",
            "  run = model.fit(data, Fit.epochs(1_000).callback(" + CALLBACK + "));",
            "  System.out.println(\"late\");",
            "}");
    assertThat(seen.error.name()).isEqualTo(CellError.INTERRUPTED);
    assertThat(seen.out().split("late", -1)).hasSizeLessThan(3);
    assertThat(cells.text("run.status()")).isEqualTo("INTERRUPTED");
  }

  @Test
  void evaluation_endsBetweenTwoBatches() throws Exception {
    var seen =
        interrupted(
            "System.out.println(\"on\");",
            "Table seen = model.evaluate(data.test());",
            "while (seen != null) { seen = model.evaluate(data.test()); }");
    assertThat(seen.error.name()).isEqualTo(CellError.INTERRUPTED);
  }
}
