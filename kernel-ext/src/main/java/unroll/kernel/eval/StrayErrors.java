package unroll.kernel.eval;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiFunction;

/**
 * What threads threw that no cell waits for: shown in the cell that runs, or, where none does, in
 * the next one.
 */
final class StrayErrors implements Thread.UncaughtExceptionHandler {
  private static final int MAX_WAITING = 10;

  private final BiFunction<Thread, Throwable, String> words;
  private final Queue<String> waiting = new ArrayDeque<>();
  private final Thread.UncaughtExceptionHandler former;

  /**
   * Takes the place of the JVM's handler.
   *
   * @param words says an exception of a thread
   */
  StrayErrors(BiFunction<Thread, Throwable, String> words) {
    this.words = words;
    this.former = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(this);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    var text = words.apply(thread, thrown);
    var cell = RunningCells.current();
    if (cell.isPresent()) {
      cell.get().print("stderr", text);
    } else {
      keep(text);
    }
  }

  private synchronized void keep(String text) {
    if (waiting.size() < MAX_WAITING) {
      waiting.add(text);
    }
  }

  /** Shows those that wait in a cell. */
  synchronized void showIn(RunningCell cell) {
    for (var text = waiting.poll(); text != null; text = waiting.poll()) {
      cell.print("stderr", text);
    }
  }

  /** Gives its place back. */
  void close() {
    if (Thread.getDefaultUncaughtExceptionHandler() == this) {
      Thread.setDefaultUncaughtExceptionHandler(former);
    }
  }
}
