package unroll.kernel.notebook;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import unroll.kernel.eval.CellError;
import unroll.kernel.eval.CellEvaluator;
import unroll.kernel.eval.CellOutcome;

/**
 * One run of a notebook: its code cells from first to last, up to the first that fails. A cell
 * tagged {@code raises-exception} may fail; one tagged {@code skip-execution} is left out.
 */
public final class NotebookRun {

  /** Told of each cell as it starts and ends. */
  public interface Progress {

    /**
     * A cell starts.
     *
     * @param number its place among the cells that run, from 1
     * @param source what it holds
     */
    void started(int number, String source);

    /**
     * The cell that started last has ended.
     *
     * @param number its place among the cells that run, from 1
     * @param ok whether all of it ran
     */
    void ended(int number, boolean ok);
  }

  /**
   * The cell that ended the run.
   *
   * @param count the number in its {@code [n]}
   * @param source what it holds
   * @param error what ended it
   */
  public record Failure(int count, String source, CellError error) {

    /** The number of the cell, the line and the error, then the line itself. */
    public String message() {
      StringBuilder message = new StringBuilder("cell [" + count + "]");
      if (error.line() > 0) {
        message.append(", line ").append(error.line());
      }
      message.append(": ").append(error.name());
      if (!error.value().isBlank()) {
        message.append(": ").append(error.value().strip().replace("\n", "\n    "));
      }
      List<String> lines = source.lines().toList();
      if (error.line() > 0 && error.line() <= lines.size()) {
        String line = lines.get(error.line() - 1).stripTrailing();
        message.append(String.format("%n    %d │ %s", error.line(), line));
      }
      return message.toString();
    }
  }

  private final Notebook notebook;
  private final OutputRecorder recorder = new OutputRecorder();
  private final List<Integer> ran = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();

  /**
   * @param notebook what to run; its stored outputs are left behind
   */
  public NotebookRun(Notebook notebook) {
    this.notebook = notebook.cleared();
  }

  /**
   * Runs the cells.
   *
   * @param evaluator a fresh session
   * @param progress told of each cell
   * @return what ended the run before its time, if anything did
   */
  public Optional<Failure> run(CellEvaluator evaluator, Progress progress) {
    RecordedOutputs outputs = new RecordedOutputs(recorder);
    for (int i = 0; i < notebook.cells().size(); i++) {
      Cell cell = notebook.cells().get(i);
      if (!cell.runnable()) {
        continue;
      }
      int number = begin(i, evaluator.executionCount() + 1);
      progress.started(number, cell.source());
      CellOutcome outcome = evaluator.execute(cell.source(), outputs);
      boolean ok = outcome.ok() || (cell.hasTag("raises-exception") && !outcome.interrupted());
      progress.ended(number, ok);
      if (!ok) {
        return Optional.of(
            new Failure(outcome.executionCount(), cell.source(), outcome.error().orElseThrow()));
      }
    }
    return Optional.empty();
  }

  /** Notes which cell runs; returns its place among those that run, from 1. */
  private synchronized int begin(int index, int count) {
    recorder.begin();
    ran.add(index);
    counts.add(count);
    return ran.size();
  }

  /**
   * Ends the run from outside of the cell that runs.
   *
   * @param error what happened; added to the cell's outputs
   */
  public synchronized Failure abandon(CellError error) {
    recorder.error(error.name(), error.value(), error.traceback());
    int last = ran.size() - 1;
    String source = last < 0 ? "" : notebook.cells().get(ran.get(last)).source();
    return new Failure(last < 0 ? 0 : counts.get(last), source, error);
  }

  /** The notebook with the outputs of all cells that have run so far. */
  public synchronized Notebook notebook() {
    List<Cell> cells = new ArrayList<>(notebook.cells());
    for (int i = 0; i < ran.size(); i++) {
      List<JsonObject> outputs = recorder.outputs(i);
      cells.set(ran.get(i), cells.get(ran.get(i)).with(outputs, counts.get(i)));
    }
    return new Notebook(cells, notebook.metadata());
  }
}
