package unroll.kernel.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.execution.Util;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * How the JDK's JShell tool runs snippets in {@code unroll jshell}: in a {@link ShellAgent}, a JVM
 * of its own, so that {@code /reset}, an endless loop or too little memory do not end the session.
 */
public final class ShellEngine implements ExecutionControlProvider {
  private static final int START_MILLIS = 30_000;

  /** Called by the service loader. */
  public ShellEngine() {}

  @Override
  public String name() {
    return "unroll";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters)
      throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var process = new ProcessBuilder(command(env, server.getLocalPort())).start();
      copyErrors(process, env);
      var socket = accept(server, process);
      return Util.remoteInputOutput(
          socket.getInputStream(),
          socket.getOutputStream(),
          Map.of("out", env.userOut(), "err", env.userErr()),
          Map.of("in", env.userIn()),
          (in, out) -> new RemoteControl(out, in, process, socket, env));
    }
  }

  private static List<String> command(ExecutionEnv env, int port) {
    var command = new ArrayList<String>();
    command.add(JavaProcess.java().toString());
    command.addAll(JavaProcess.options());
    command.addAll(env.extraRemoteVMOptions());
    command.addAll(List.of(Terminal.here().options()));
    command.add("-cp");
    command.add(
        JavaProcess.classPath().stream()
            .map(Object::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(ShellAgent.class.getName());
    command.add(String.valueOf(port));
    return command;
  }

  private static Socket accept(ServerSocket server, Process process) throws IOException {
    server.setSoTimeout(100);
    for (int waited = 0; waited < START_MILLIS && process.isAlive(); waited += 100) {
      try {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        return socket;
      } catch (SocketTimeoutException notYet) {
        // look whether it still lives
      }
    }
    process.destroyForcibly();
    throw new IOException("the JVM that computes did not start; is UNROLL_JAVA_OPTS right?");
  }

  /** What the JVM itself has to say, without its word on the incubator module. */
  private static void copyErrors(Process process, ExecutionEnv env) {
    var thread =
        new Thread(
            () -> {
              var charset = Terminal.here().charset();
              try (var in = new InputStreamReader(process.getErrorStream(), charset)) {
                var out = new OutputStreamWriter(env.userErr(), charset);
                JavaProcess.copyWithout(in, new PrintWriter(out, true), JavaProcess.WARNING);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "errors of the JVM that computes");
    thread.setDaemon(true);
    thread.start();
  }
}
