package unroll.kernel.eval;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the cell that a thread belongs to, so that what it prints and shows gets there. A thread
 * belongs to the worker that started it; one that no worker started belongs to the only cell that
 * runs, if there is only one.
 */
public final class RunningCells {
  private static final InheritableThreadLocal<Object> OWNER = new InheritableThreadLocal<>();
  private static final Map<Object, RunningCell> RUNNING = new ConcurrentHashMap<>();

  private RunningCells() {}

  /** The cell the calling thread belongs to, while it runs. */
  public static Optional<RunningCell> current() {
    var owner = OWNER.get();
    if (owner != null) {
      return Optional.ofNullable(RUNNING.get(owner));
    }
    var running = RUNNING.values().iterator();
    if (!running.hasNext()) {
      return Optional.empty();
    }
    var only = running.next();
    return running.hasNext() ? Optional.empty() : Optional.of(only);
  }

  /** Makes the calling thread, and those it starts, belong to an owner. */
  static void belongTo(Object owner) {
    OWNER.set(owner);
  }

  static void started(Object owner, RunningCell cell) {
    RUNNING.put(owner, cell);
  }

  static void ended(Object owner) {
    RUNNING.remove(owner);
  }
}
