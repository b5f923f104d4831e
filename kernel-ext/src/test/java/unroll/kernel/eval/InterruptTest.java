package unroll.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells = new Cells(new SessionSettings(List.of("java.util.*"), List.of(), List.of()));
  }

  @AfterAll
  static void close() {
    cells.close();
  }

  private static CompletableFuture<CellOutcome> start(Recorded seen, String... lines) {
    Executor own = task -> new Thread(task).start();
    return CompletableFuture.supplyAsync(
        () -> cells.evaluator.execute(String.join("\n", lines), seen), own);
  }

  private static void await(Recorded seen, String text) throws InterruptedException {
    while (!(seen.out() + seen.err()).contains(text)) {
      Thread.sleep(5);
    }
  }

  private static CellOutcome end(CompletableFuture<CellOutcome> cell)
      throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
    return cell.get(30, TimeUnit.SECONDS);
  }

  @Test
  void sleepingCell_endsWithItsLine() throws Exception {
    var seen = new Recorded();
    var cell =
        start(seen, "System.out.println(\"on\");", "Thread.sleep(60_000);", "var after = 1;");
    await(seen, "on");
    while (!cell.isDone()) { // the first may come before the second line has begun
      cells.evaluator.interrupt();
      Thread.sleep(20);
    }
    var outcome = end(cell);
    assertThat(outcome.interrupted()).isTrue();
    assertThat(seen.error.name()).isEqualTo(CellError.INTERRUPTED);
    assertThat(seen.error.line()).isEqualTo(2);
    assertThat(cells.run("after").error.value()).contains("variable after");
  }

  @Test
  void cellThatEndsInOrder_keepsItsValueAndTheRestDoesNotRun() throws Exception {
    var seen = new Recorded();
    var cell =
        start(
            seen,
            "int steps() {",
            "  System.out.println(\"on\");",
            "  int n = 1;",
            "  while (!Thread.interrupted()) { n++; }",
            "  return n;",
            "}",
            "var n = steps();",
            "n = 0;");
    await(seen, "on");
    cells.evaluator.interrupt();
    assertThat(end(cell).ok()).isFalse();
    assertThat(seen.error.value()).contains("before line 8");
    assertThat(Integer.parseInt(cells.text("n"))).isPositive();
  }

  @Test
  void lastPartThatEndsInOrder_noErrorAndItsResultIsShown() throws Exception {
    var seen = new Recorded();
    var cell =
        start(
            seen,
            "String wait() { System.out.println(\"on\"); while (!Thread.interrupted()) { } return \"best\"; }"
                .replace("wait()", "untilStopped()"),
            "untilStopped()");
    await(seen, "on");
    cells.evaluator.interrupt();
    var outcome = end(cell);
    assertThat(outcome.ok()).isTrue();
    assertThat(outcome.interrupted()).isTrue();
    assertThat(seen.text()).isEqualTo("best");
  }

  @Test
  void loopThatNeverChecks_reportedWithItsStackThenAbandoned() throws Exception {
    cells.run("volatile boolean go = true;", "int before = 7;");
    var seen = new Recorded();
    var cell =
        start(
            seen,
            "void spin() { System.out.println(\"on\"); while (go) { } }",
            "spin();",
            "System.out.println(\"late\");");
    await(seen, "on");
    cells.evaluator.interrupt();
    await(seen, "still running");
    assertThat(seen.err()).contains("spin");
    assertThat(cells.evaluator.awaitIdle(Duration.ofMillis(10))).isFalse();
    cells.evaluator.interrupt();
    assertThat(end(cell).ok()).isFalse();
    assertThat(seen.error.value()).contains("abandoned");
    assertThat(cells.text("before")).isEqualTo("7");
    cells.run("go = false;");
    assertThat(cells.text("before + 1")).isEqualTo("8");
    assertThat(seen.out()).doesNotContain("late");
  }

  @Test
  void interruptWithNoCell_nextCellRuns() {
    cells.evaluator.interrupt();
    assertThat(cells.text("Thread.currentThread().isInterrupted()")).isEqualTo("false");
  }
}
