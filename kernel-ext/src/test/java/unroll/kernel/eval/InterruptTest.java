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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InterruptTest {
  private static Cells cells;

  @BeforeAll
  static void open() {
    cells =
        new Cells(
            new SessionSettings(
                List.of("java.util.*", "java.util.stream.*"), List.of(), List.of()));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) { }",
        "do { n++; } while (n != -1);",
        "for (;;) { try { n++; } catch (Throwable all) { n--; } }",
        "new Object() { void spin() { for (int i = 0; ; i++) { n = i; } } }.spin();",
        "Stream.iterate(1, i -> i + 1).filter(i -> i < 0).count();",
        "outer: while (true) { switch (n) { case 0: n = 1; continue outer; default: n = 0; } }",
        "while (true) { try { Thread.sleep(1); } catch (InterruptedException ignored) { } }",
      })
  void loopThatNeverChecks_stopsAtOnceWithItsLine(String loop) throws Exception {
    cells.run("int n = 0;", "var kept = \"kept\";");
    var seen = new Recorded();
    var cell = start(seen, "System.out.println(\"on\");", loop, "kept = \"lost\";");
    await(seen, "on");
    Thread.sleep(200); // long enough to be compiled
    cells.evaluator.interrupt();
    assertThat(cells.evaluator.awaitIdle(Duration.ofSeconds(2))).isTrue();
    assertThat(end(cell).interrupted()).isTrue();
    assertThat(seen.error.name()).isEqualTo(CellError.INTERRUPTED);
    assertThat(seen.error.line()).isEqualTo(2);
    assertThat(cells.text("kept")).isEqualTo("kept");
    assertThat(cells.text("int sum = 0; for (int i = 0; i < 10; i++) { sum += i; }", "sum"))
        .isEqualTo("45");
  }

  @Test
  void stoppedLoop_saysWhere() throws Exception {
    var seen = new Recorded();
    var cell = start(seen, "System.out.println(\"on\");", "for (;;) {", "}");
    await(seen, "on");
    cells.evaluator.interrupt();
    end(cell);
    assertThat(seen.error.value()).isEqualTo("stopped by its user at line 2");
    assertThat(seen.traceback()).contains("for (;;)").doesNotContain("SafePoint");
  }

  @Test
  void workThatCannotBeStopped_reportedWithItsStackThenAbandoned() throws Exception {
    cells.run(
        "import java.util.concurrent.atomic.AtomicBoolean;",
        "var go = new AtomicBoolean(true);",
        "int before = 7;");
    var seen = new Recorded();
    var cell =
        start(
            seen,
            "void spin() { System.out.println(\"on\"); Stream.generate(go::get).allMatch(Boolean::booleanValue); }",
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
    cells.run("go.set(false);");
    assertThat(cells.text("before + 1")).isEqualTo("8");
    assertThat(seen.out()).doesNotContain("late");
  }

  @Test
  void loopThatLooksAfterInterruptsButGoesOn_endsWhenItIsAbandoned() throws Exception {
    var seen = new Recorded();
    var cell =
        start(
            seen,
            "Thread spinning = Thread.currentThread();",
            "System.out.println(\"on\");",
            "while (true) { Thread.interrupted(); }");
    await(seen, "on");
    cells.evaluator.interrupt();
    await(seen, "still running");
    cells.evaluator.interrupt();
    assertThat(end(cell).ok()).isFalse();
    assertThat(cells.text("spinning.join(5_000);", "spinning.isAlive()")).isEqualTo("false");
  }

  @Test
  void interruptWithNoCell_nextCellRuns() {
    cells.evaluator.interrupt();
    assertThat(cells.text("Thread.currentThread().isInterrupted()")).isEqualTo("false");
  }
}
