package unroll.kernel.eval;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the code of cells can be stopped: {@link SafePoints} puts a call into every loop. While
 * nobody is to be stopped the call leads to an empty method, by way of a call site that the JVM's
 * compiler takes for constant; so it compiles to nothing, and loops are vectorized as ever. A stop
 * changes the target, at which the JVM throws the compiled loops away.
 *
 * <p>A training that runs looks after interrupts itself, and so does a method that asks {@link
 * Thread#interrupted}: they are left to end in order, with what they have to return, unless they
 * are abandoned.
 */
public final class SafePoint {
  private static final String TRAINING = "unroll.train.";
  private static final MethodType TYPE = MethodType.methodType(void.class, boolean.class);
  private static final MethodHandle GO_ON = find("goOn");
  private static final MethodHandle LOOK = find("look");
  private static final MutableCallSite SITE = new MutableCallSite(GO_ON);
  private static final MethodHandle TARGET = SITE.dynamicInvoker();

  /** The threads that are to stop; true for those that must, wherever they are. */
  private static final Map<Thread, Boolean> STOPPING = new ConcurrentHashMap<>();

  private SafePoint() {}

  /** Ends the code of a cell that was stopped. An error, so that few handlers catch it. */
  static final class StoppedError extends Error {
    private static final long serialVersionUID = 1L;

    StoppedError() {
      super("stopped by its user");
      var frames = Arrays.asList(getStackTrace());
      setStackTrace(
          frames.stream().dropWhile(StoppedError::isOurs).toArray(StackTraceElement[]::new));
    }

    private static boolean isOurs(StackTraceElement frame) {
      return frame.getClassName().equals(SafePoint.class.getName());
    }
  }

  /** Called by the code of cells. */
  public static void pass() {
    call(false);
  }

  /** Called by methods of cells that look after interrupts themselves. */
  public static void passWatchful() {
    call(true);
  }

  private static void call(boolean watchful) {
    try {
      TARGET.invokeExact(watchful);
    } catch (Error stopped) {
      throw stopped;
    } catch (Throwable never) {
      throw new AssertionError(never);
    }
  }

  /**
   * Lets a thread stop where it passes next, again and again until it is released.
   *
   * @param must even in a method that looks after interrupts itself
   */
  static synchronized void stop(Thread thread, boolean must) {
    STOPPING.merge(thread, must, Boolean::logicalOr);
    aim(LOOK);
  }

  /** Lets a thread go on. */
  static synchronized void release(Thread thread) {
    if (STOPPING.remove(thread) != null && STOPPING.isEmpty()) {
      aim(GO_ON);
    }
  }

  private static void aim(MethodHandle target) {
    if (SITE.getTarget() != target) {
      SITE.setTarget(target);
      MutableCallSite.syncAll(new MutableCallSite[] {SITE});
    }
  }

  @SuppressWarnings("unused") // by way of its handle
  private static void goOn(boolean watchful) {}

  @SuppressWarnings("unused")
  private static void look(boolean watchful) {
    var must = STOPPING.get(Thread.currentThread());
    if (must != null && (must || !(watchful || inTraining()))) {
      throw new StoppedError();
    }
  }

  private static boolean inTraining() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(TRAINING)));
  }

  private static MethodHandle find(String name) {
    try {
      return MethodHandles.lookup().findStatic(SafePoint.class, name, TYPE);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
