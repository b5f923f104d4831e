package unroll.kernel.cli;

import java.lang.reflect.Method;
import java.util.Arrays;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs the snippets of a session and says what their values look like. A snippet can be
 * interrupted, as a cell of a notebook can: a training stops within a step and keeps what it has.
 */
final class ShellControl extends DirectExecutionControl {
  private final ShellValues values;
  private Thread running;

  ShellControl(ShellValues values) {
    this.values = values;
  }

  /** Interrupts the snippet that runs; nothing if none does. */
  synchronized void interrupt() {
    if (running != null) {
      running.interrupt();
    }
  }

  /** Where the snippet is that runs; empty if none does. */
  synchronized StackTraceElement[] whereIsIt() {
    return running == null ? new StackTraceElement[0] : running.getStackTrace();
  }

  private synchronized void setRunning(Thread thread) {
    running = thread;
    Thread.interrupted(); // an interrupt that came too late concerns nobody any more
  }

  @Override
  protected String invoke(Method method) throws Exception {
    setRunning(Thread.currentThread());
    try {
      var value = method.invoke(null);
      boolean shown = ShellValues.isDrawn(value) && !isDeclaration(method);
      return shown ? "\n" + values.text(value) : valueString(value);
    } finally {
      setRunning(null);
    }
  }

  /** The class around a snippet has a field for the variable that the snippet declares. */
  private static boolean isDeclaration(Method method) {
    return Arrays.stream(method.getDeclaringClass().getDeclaredFields())
        .anyMatch(field -> !field.getName().startsWith("$"));
  }
}
