package unroll.kernel.eval;

/** A session for tests, in which a cell is one line. */
public final class Cells implements AutoCloseable {
  public final CellEvaluator evaluator;

  public Cells(SessionSettings settings) {
    evaluator = new CellEvaluator(settings);
  }

  /** Runs a cell; its lines are joined with line ends. */
  public Recorded run(String... lines) {
    return run(new Recorded(), lines);
  }

  /** Runs a cell whose questions are answered from the given outputs. */
  public Recorded run(Recorded outputs, String... lines) {
    evaluator.execute(String.join("\n", lines), outputs);
    return outputs;
  }

  /** The result of a cell as text. */
  public String text(String... lines) {
    var recorded = run(lines);
    if (recorded.error != null) {
      throw new AssertionError(recorded.traceback());
    }
    return recorded.text();
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
