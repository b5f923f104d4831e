package unroll.kernel.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import jdk.jshell.spi.ExecutionControl;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderers;
import unroll.kernel.eval.CellWorker.AbandonedException;
import unroll.kernel.magic.MagicCall;
import unroll.kernel.magic.Magics;

/**
 * A session in which cells are evaluated, one after another: Java by JShell in this JVM, magics,
 * and both mixed in one cell. The wire kernel and the notebook runner both use this class.
 *
 * <p>All methods but {@link #interrupt()} wait for the cell that runs. While a session is open,
 * {@code System.out}, {@code System.err} and {@code System.in} lead to its cells.
 */
public final class CellEvaluator implements AutoCloseable {
  private final Renderers renderers = new Renderers();
  private final Magics magics = new Magics();
  private final NotebookLoader loader = new NotebookLoader();
  private final JavaEvaluator java;
  private final CellParser parser;
  private final CodeAssistant assistant;
  private volatile CellWorker worker = new CellWorker(loader.classLoader());
  private volatile Interruption interruption = new Interruption();
  private volatile RunningCell running;
  private int executionCount;
  private final StrayErrors strays;
  private volatile WarmUp warmUp;
  private volatile boolean closed;

  /** Opens a session. Takes some tenths of a second, most of it for the first import. */
  public CellEvaluator(SessionSettings settings) {
    settings.renderers().forEach(renderers::register);
    magics.register(LastError.magic());
    settings.magics().forEach(magics::register);
    java = new JavaEvaluator(loader, this::invoke, settings.imports(), this::note);
    parser = new CellParser(java.shell().sourceCodeAnalysis());
    assistant = new CodeAssistant(java.shell(), parser, magics, new CellSession(this, null, null));
    StandardStreams.acquire();
    strays = new StrayErrors(java::stray);
    settings.onOpen().run();
  }

  /** Makes later completions and inspections quick, in a quiet moment that is to come. */
  public void warmUpAssistance() {
    warmUp = WarmUp.start(this, () -> !closed);
  }

  /** The number of the cell that was evaluated last; 0 before the first. */
  public synchronized int executionCount() {
    return executionCount;
  }

  /** The renderers of this session. */
  public Renderers renderers() {
    return renderers;
  }

  /** The magics of this session. */
  public Magics magics() {
    return magics;
  }

  /** Does what the first cell would have to do, so that it is as quick as those after it. */
  public synchronized void warmUp() {
    parser.parse("if (true) { }");
    java.warmUp();
  }

  JavaEvaluator java() {
    return java;
  }

  ClassLoader classLoader() {
    return loader.classLoader();
  }

  String classPath() {
    return loader.classPath();
  }

  /** Evaluates a cell and gives it the next number. */
  public CellOutcome execute(String source, CellOutputs outputs) {
    return execute(source, outputs, true);
  }

  /**
   * Evaluates a cell: its parts in their order, up to the first that fails. The value of the last
   * part, if that is an expression without a semicolon, is the cell's result.
   *
   * @param counted whether the cell gets the next number
   */
  public synchronized CellOutcome execute(String source, CellOutputs outputs, boolean counted) {
    if (counted) {
      executionCount++;
    }
    var cell = new SourceText(executionCount, source);
    return evaluate(
        outputs,
        () -> {
          var value = runParts(cell.text(), cell, 0);
          if (value.isPresent()) {
            show(value.get(), cell);
          }
        });
  }

  /**
   * Runs something of the user's beside cells, such as the handler of a message, on the thread that
   * runs cells and with the outputs and interrupts of one.
   *
   * @param name what it is, for errors
   */
  public synchronized CellOutcome call(String name, Runnable task, CellOutputs outputs) {
    return evaluate(
        outputs,
        () -> {
          try {
            onWorker(Executors.callable(task));
          } catch (Exception e) {
            throw new CellFailure(MagicErrors.beside(e, name + " threw " + e));
          }
        });
  }

  private interface Body {
    void run() throws CellFailure;
  }

  private CellOutcome evaluate(CellOutputs outputs, Body body) {
    interruption = new Interruption();
    running = new RunningCell(outputs, renderers);
    RunningCells.started(worker.owner(), running);
    Optional<CellError> error = Optional.empty();
    strays.showIn(running);
    try {
      body.run();
    } catch (CellFailure failure) {
      error = Optional.of(failure.error());
      running.error(failure.error());
    } catch (RuntimeException | Error unexpected) { // of the compiler, or for want of memory
      var failure = MagicErrors.unexpected(unexpected);
      running.error(failure);
      error = Optional.of(failure);
    } finally {
      java.notes().forEach(this::note);
      Keeping.keep(java.variables());
      running.end();
      RunningCells.ended(worker.owner());
      replaceAbandonedWorker();
      running = null;
      if (warmUp != null) {
        warmUp.used();
      }
      java.settled();
    }
    return new CellOutcome(executionCount, error, interruption.requested());
  }

  /**
   * Runs the parts of some code, up to the first that fails.
   *
   * @param cell where errors are placed
   * @param base offset of the code's first character in it
   * @return the value of the last part, if that is an expression without a semicolon
   */
  Optional<Object> runParts(String code, SourceText cell, int base) throws CellFailure {
    Optional<Object> value = Optional.empty();
    for (var part : parser.parse(code)) {
      int line = cell.line(base + part.offset());
      if (interruption.requested()) {
        throw new CellFailure(Interrupts.beforeLine(cell, line));
      }
      try {
        value = runPart(part.moved(base), cell);
      } catch (CellFailure failure) {
        throw interruption.requested() && !interruption.abandon()
            ? new CellFailure(Interrupts.during(failure.error()))
            : failure;
      } catch (AbandonedException stillRuns) {
        throw new CellFailure(Interrupts.abandoned(line));
      }
    }
    return value;
  }

  private Optional<Object> runPart(CellPart part, SourceText cell)
      throws CellFailure, AbandonedException {
    if (part instanceof CellPart.Java snippet) {
      return runJava(snippet, cell);
    }
    runMagic((CellPart.Magic) part, cell);
    return Optional.empty();
  }

  private Optional<Object> runJava(CellPart.Java snippet, SourceText cell)
      throws CellFailure, AbandonedException {
    var value = java.run(snippet, cell);
    if (interruption.abandon()) {
      throw new AbandonedException();
    }
    return snippet.silent() ? Optional.empty() : value;
  }

  private void runMagic(CellPart.Magic part, SourceText cell)
      throws CellFailure, AbandonedException {
    var call = MagicCall.parse(part.line(), Optional.ofNullable(part.body()));
    var outputs = running;
    try {
      var value = onWorker(() -> magics.evaluate(call, new CellSession(this, cell, outputs)));
      if (value != null) {
        onWorker(() -> outputs.display(value));
      }
    } catch (AbandonedException stillRuns) {
      throw stillRuns;
    } catch (Exception | Error e) {
      throw new CellFailure(java.magicError(e, cell, part));
    }
  }

  private void show(Object value, SourceText cell) throws CellFailure {
    var outputs = running;
    try {
      onWorker(
          () -> {
            outputs.result(cell.number(), value);
            return null;
          });
    } catch (Exception | Error e) {
      throw new CellFailure(MagicErrors.rendering(e, value));
    }
  }

  private Object invoke(Method snippet) throws Exception {
    try {
      return onWorker(
          () -> {
            if (interruption.requested()) { // before the worker was busy, so it was not told
              throw new InvocationTargetException(new SafePoint.StoppedError());
            }
            return snippet.invoke(null);
          });
    } catch (AbandonedException stillRuns) {
      throw new ExecutionControl.StoppedException();
    }
  }

  private void note(String text) {
    running.print("stderr", text + "\n");
  }

  private <T> T onWorker(Callable<T> task) throws Exception {
    return worker.run(task, this::tick);
  }

  /** While a part of the cell runs: lets its prints out, and sees to a user who wants it to end. */
  private void tick() {
    var outputs = running;
    if (outputs == null) {
      return;
    }
    outputs.flush();
    if (interruption.dueToTell()) {
      outputs.print("stderr", Interrupts.stillRunning(worker.stack()));
    }
    if (interruption.abandon()) {
      worker.abandon();
    }
  }

  private void replaceAbandonedWorker() {
    if (interruption.abandon()) {
      worker = new CellWorker(loader.classLoader());
    }
  }

  /**
   * Asks the cell that runs to stop: interrupts its thread. A cell that has not stopped after two
   * seconds is reported as still running, with its stack; asking then once more abandons it: the
   * session goes on without it, and the thread ends when its work does. May be called from any
   * thread, and does not wait.
   */
  public void interrupt() {
    if (running != null) {
      interruption.request();
      worker.interrupt();
    }
  }

  /**
   * Waits until no cell runs.
   *
   * @return false if one still runs after that time
   */
  public boolean awaitIdle(Duration atMost) {
    var cell = running;
    return cell == null || cell.awaitEnd(atMost);
  }

  /** What could stand at the cursor. */
  public synchronized Completions complete(String source, int cursor) {
    java.settled();
    return assistant.complete(source, cursor);
  }

  /**
   * What is known of the name at the cursor.
   *
   * @param details whether the whole documentation is wanted, or its first paragraph
   */
  public synchronized Optional<MimeBundle> inspect(String source, int cursor, boolean details) {
    java.settled();
    return assistant.inspect(source, cursor, details);
  }

  /** Whether a source can be run as it stands. */
  public synchronized Completeness completeness(String source) {
    return assistant.completeness(source);
  }

  /** Ends the session and gives the standard streams back. A cell that runs is interrupted. */
  @Override
  public void close() {
    interrupt();
    synchronized (this) {
      if (!closed) {
        closed = true;
        java.close();
        worker.close();
        StandardStreams.release();
        strays.close();
      }
    }
  }
}
