package unroll.kernel.eval;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread on which the code of cells runs. One thread serves all cells of a session, so that
 * thread-local state lasts; a thread that will not stop can be abandoned and another one put in its
 * place.
 */
final class CellWorker {
  private static final long TICK_MILLIS = 50;

  private final LinkedBlockingQueue<FutureTask<?>> tasks = new LinkedBlockingQueue<>();
  private final Object owner = new Object();
  private final Thread thread;
  private boolean busy;
  private volatile boolean abandoned;

  CellWorker(ClassLoader loader) {
    thread = new Thread(this::work, "unroll-cell");
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
  }

  /** What the threads of this worker belong to; see {@link RunningCells}. */
  Object owner() {
    return owner;
  }

  /**
   * Runs a task on the worker's thread and waits for its end. Called on that very thread, it just
   * runs the task.
   *
   * @param tick called on the calling thread some twenty times a second while the task runs
   * @throws AbandonedException if the thread was abandoned meanwhile
   * @throws Exception what the task throws
   */
  <T> T run(Callable<T> task, Tick tick) throws Exception {
    if (Thread.currentThread() == thread) {
      return task.call();
    }
    var future = new FutureTask<>(task);
    tasks.add(future);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
          tick.tick();
        } catch (InterruptedException callerStopped) {
          interrupted = true;
          interrupt();
        } catch (ExecutionException failed) {
          throw unwrap(failed);
        }
        if (abandoned) {
          throw new AbandonedException();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Exception unwrap(ExecutionException failed) {
    if (failed.getCause() instanceof Error error) {
      throw error;
    }
    return (Exception) failed.getCause();
  }

  /** Interrupts the task that runs, if one does, and stops it at its next safe point. */
  synchronized void interrupt() {
    if (busy) {
      thread.interrupt();
      SafePoint.stop(thread, abandoned);
    }
  }

  /** Where the thread is. */
  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  /** Lets the caller of {@link #run} go; the thread ends when its task does, or can be stopped. */
  void abandon() {
    abandoned = true;
    interrupt();
  }

  /** Ends the thread, after the task that runs. */
  void close() {
    abandoned = true;
    interrupt();
    thread.interrupt();
  }

  private void work() {
    RunningCells.belongTo(owner);
    while (!abandoned) {
      try {
        var task = tasks.take();
        busy(true);
        task.run();
        busy(false);
      } catch (InterruptedException closedOrLate) {
        // an interrupt between two tasks is meant for none of them
      }
    }
  }

  private synchronized void busy(boolean now) {
    busy = now;
    SafePoint.release(thread);
    Thread.interrupted();
  }

  /** Called again and again while a task runs. */
  interface Tick {
    void tick();
  }

  /** The task still runs, and nobody waits for it any more. */
  static final class AbandonedException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
