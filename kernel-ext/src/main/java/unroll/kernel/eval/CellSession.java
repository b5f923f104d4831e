package unroll.kernel.eval;

import java.nio.file.Path;
import java.util.List;
import unroll.kernel.magic.MagicContext;
import unroll.kernel.magic.Variable;

/** What the magics of one cell may ask of the session. */
final class CellSession implements MagicContext {
  private final CellEvaluator evaluator;
  private final SourceText cell;
  private final RunningCell outputs;

  CellSession(CellEvaluator evaluator, SourceText cell, RunningCell outputs) {
    this.evaluator = evaluator;
    this.cell = cell;
    this.outputs = outputs;
  }

  @Override
  public Object value(String expression) throws Exception {
    var part = new CellPart.Java(base(expression), expression, false, true);
    return evaluator.java().run(part, source(expression)).orElse(null);
  }

  @Override
  public Object run(String code) throws Exception {
    return evaluator.runParts(code, source(code), base(code)).orElse(null);
  }

  @Override
  public Object run(String code, String name) throws Exception {
    return evaluator.runParts(code, new SourceText(cell.number(), code, name), 0).orElse(null);
  }

  @Override
  public void define(String type, String name, Object value) throws Exception {
    evaluator.java().define(type, name, value);
  }

  /** Code that stands in the cell is named by its place there. */
  private SourceText source(String code) {
    return cell.text().contains(code) ? cell : new SourceText(cell.number(), code);
  }

  private int base(String code) {
    return Math.max(0, cell.text().lastIndexOf(code));
  }

  @Override
  public void display(Object value) {
    outputs.display(value);
  }

  @Override
  public List<Variable> variables() {
    return evaluator.java().variables();
  }

  @Override
  public void addToClassPath(List<Path> entries) {
    entries.forEach(entry -> evaluator.java().shell().addToClasspath(entry.toString()));
  }

  /** The class path of the session's classes. */
  String classPath() {
    return evaluator.classPath();
  }

  @Override
  public ClassLoader classLoader() {
    return evaluator.classLoader();
  }

  @Override
  public long compileNanos() {
    return evaluator.java().compileNanos();
  }
}
