package unroll.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.CellEvaluator;
import unroll.kernel.eval.SessionSettings;

class NotebookRunTest {

  private final List<String> progress = new ArrayList<>();

  private static Cell code(String source, String... tags) {
    JsonObject metadata = new JsonObject();
    JsonArray list = new JsonArray();
    for (String tag : tags) {
      list.add(tag);
    }
    metadata.add("tags", list);
    metadata.addProperty("execution", "times");
    JsonObject old = new JsonObject();
    old.addProperty("output_type", "stream");
    old.addProperty("name", "stdout");
    old.addProperty("text", "stale");
    return new Cell(
        Cell.Kind.CODE, "c" + source.hashCode(), source, metadata, null, List.of(old), 99);
  }

  private NotebookRun run;

  private Optional<NotebookRun.Failure> run(Cell... cells) {
    run = new NotebookRun(new Notebook(List.of(cells), new JsonObject()));
    NotebookRun.Progress told =
        new NotebookRun.Progress() {
          @Override
          public void started(int number, String source) {
            progress.add("start " + number);
          }

          @Override
          public void ended(int number, boolean ok) {
            progress.add((ok ? "ok " : "failed ") + number);
          }
        };
    try (CellEvaluator evaluator = new CellEvaluator(SessionSettings.plain())) {
      return run.run(evaluator, told);
    }
  }

  @Test
  void cells_runInOrderAndKeepTheirOutputs() {
    assertThat(run(code("int x = 20;\nSystem.out.println(x)"), code(" "), code("x + 1"))).isEmpty();
    List<Cell> cells = run.notebook().cells();
    assertThat(cells).extracting(Cell::count).containsExactly(1, null, 2);
    assertThat(cells.get(0).outputs().get(0).get("text").getAsString()).isEqualTo("20\n");
    assertThat(cells.get(1).outputs()).isEmpty();
    assertThat(cells.get(2).outputs()).hasSize(1);
    assertThat(cells.get(2).outputs().get(0))
        .hasToString(
            "{\"output_type\":\"execute_result\",\"execution_count\":2,"
                + "\"data\":{\"text/plain\":\"21\"},\"metadata\":{}}");
    assertThat(cells).noneMatch(cell -> cell.metadata().has("execution"));
    assertThat(run.notebook().metadata().has("language_info")).isTrue();
    assertThat(progress).containsExactly("start 1", "ok 1", "start 2", "ok 2");
  }

  @Test
  void failure_namesCellLineAndErrorAndLeavesTheRestEmpty() {
    Optional<NotebookRun.Failure> failure =
        run(code("int z = 0;"), code("int a = 1;\nint b = a / z;"), code("b"));
    assertThat(failure.orElseThrow().message())
        .startsWith("cell [2], line 2: java.lang.ArithmeticException: / by zero")
        .endsWith("2 │ int b = a / z;");
    List<Cell> cells = run.notebook().cells();
    assertThat(cells).extracting(Cell::count).containsExactly(1, 2, null);
    assertThat(cells.get(1).outputs().get(0).get("output_type").getAsString()).isEqualTo("error");
    assertThat(cells.get(2).outputs()).isEmpty();
    assertThat(progress).endsWith("start 2", "failed 2");
  }

  @Test
  void cellThatDoesNotCompile_isNamedWithItsLine() {
    assertThat(run(code("int a = 1;\n\nint b = nope;")).orElseThrow().message())
        .startsWith("cell [1], line 3: CompileError: cannot find symbol")
        .endsWith("3 │ int b = nope;");
  }

  @Test
  void cellsTaggedForIt_mayFailOrAreLeftOut() {
    assertThat(
            run(
                code("int z = 1 / 0;", "raises-exception"),
                code("throw new Error();", "skip-execution"),
                code("5")))
        .isEmpty();
    assertThat(run.notebook().cells()).extracting(Cell::count).containsExactly(1, null, 2);
  }

  @Test
  void cellThatAsksForALine_isToldThatNobodyIsThere() {
    assertThat(run(code("new java.util.Scanner(System.in).nextLine()")).orElseThrow().message())
        .contains("nobody to ask");
  }

  @Test
  void runEndedFromOutside_keepsWhatTheCellHadShown() {
    assertThat(run(code("System.out.println(1);"))).isEmpty();
    CellError error = new CellError("Exit", "ended", List.of("Exit: ended"), 0);
    assertThat(run.abandon(error).message()).isEqualTo("cell [1]: Exit: ended");
    assertThat(run.notebook().cells().get(0).outputs()).hasSize(2);
  }
}
