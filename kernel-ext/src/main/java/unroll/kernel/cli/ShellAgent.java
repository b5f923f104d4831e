package unroll.kernel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jshell.execution.Util;
import unroll.train.Monitor;

/**
 * The JVM in which a session of {@code unroll jshell} computes. Commands, outputs and inputs go
 * over a socket, in the JDK's own protocol. A byte on the standard input asks to interrupt what
 * runs; its end means that the session is gone.
 */
final class ShellAgent {
  private static final int PATIENCE_MILLIS = 2_000;

  private final ShellControl control = new ShellControl(ShellValues.here());

  private ShellAgent() {}

  /**
   * Serves until the session closes.
   *
   * @param args the port of the session on this machine
   */
  public static void main(String[] args) throws IOException {
    new ShellAgent().serve(Integer.parseInt(args[0]));
    System.exit(0); // also where threads of snippets still run
  }

  private void serve(int port) throws IOException {
    var terminal = Terminal.here();
    startDaemon("interrupts", System.in);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Map<String, Consumer<OutputStream>> outputs =
          Map.of(
              "out", to -> System.setOut(printing(to, terminal.charset())),
              "err", to -> System.setErr(printing(to, terminal.charset())));
      Map<String, Consumer<InputStream>> inputs = Map.of("in", System::setIn);
      Monitor.use(new TrainingLine(terminal, () -> System.out));
      Util.forwardExecutionControlAndIO(
          control, socket.getInputStream(), socket.getOutputStream(), outputs, inputs);
    }
  }

  private static PrintStream printing(OutputStream to, Charset charset) {
    return new PrintStream(to, true, charset);
  }

  private void startDaemon(String name, InputStream requests) {
    var thread = new Thread(() -> listen(requests), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void listen(InputStream requests) {
    try {
      while (requests.read() >= 0) {
        control.interrupt();
        Thread.sleep(PATIENCE_MILLIS);
        tellWhere(control.whereIsIt());
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("unroll: " + e);
    }
    Runtime.getRuntime().halt(1);
  }

  private static void tellWhere(StackTraceElement[] stack) {
    if (stack.length == 0) {
      return;
    }
    System.out.println("\nstill running; press Ctrl-C again to end it together with its variables");
    Arrays.stream(stack)
        .takeWhile(frame -> !frame.getMethodName().equals("do_it$")) // below it is the engine
        .limit(5)
        .forEach(frame -> System.out.println("    at " + frame(frame)));
  }

  /** Methods that were typed have no class and no file. */
  private static String frame(StackTraceElement frame) {
    if (frame.getClassName().startsWith("REPL.")) {
      return frame.getMethodName() + "()";
    }
    var place = " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
    return frame.getClassName() + "." + frame.getMethodName() + place;
  }
}
