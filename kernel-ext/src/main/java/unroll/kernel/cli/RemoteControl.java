package unroll.kernel.cli;

import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import jdk.jshell.execution.StreamingExecutionControl;
import jdk.jshell.spi.ExecutionEnv;

/** The session's end of the line to a {@link ShellAgent}. */
final class RemoteControl extends StreamingExecutionControl {
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private final Process process;
  private final Socket socket;
  private boolean stopping;
  private long stopAt;

  RemoteControl(
      ObjectOutput out, ObjectInput in, Process process, Socket socket, ExecutionEnv env) {
    super(out, in);
    this.process = process;
    this.socket = socket;
    var unused = process.onExit().thenRun(env::closeDown);
  }

  @Override
  public String invoke(String className, String methodName)
      throws RunException, EngineTerminationException, InternalException {
    synchronized (this) {
      stopping = false;
    }
    return super.invoke(className, methodName);
  }

  /** Ctrl-C: interrupts the snippet; one that did not heed it is ended, its JVM with it. */
  @Override
  public synchronized void stop() throws EngineTerminationException {
    long now = System.nanoTime();
    if (stopping && now - stopAt > PATIENCE_NANOS) {
      process.destroyForcibly();
      return;
    }
    if (!stopping) {
      stopping = true;
      stopAt = now;
    }
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new EngineTerminationException("the JVM that computes has ended");
    }
  }

  @Override
  public void close() {
    super.close();
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      socket.close();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }
}
