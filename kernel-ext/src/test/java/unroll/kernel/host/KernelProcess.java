package unroll.kernel.host;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import unroll.kernel.wire.Client;
import unroll.kernel.wire.Client.Exchange;
import unroll.kernel.wire.ConnectionFile;
import unroll.kernel.wire.Json;

/** Another kernel in a process of its own, as a front end starts it, and a front end for it. */
final class KernelProcess implements AutoCloseable {
  private static final int TRIALS = 3;

  private final Path log;
  private Process process;
  private Client client;

  /**
   * Starts it and waits until it answers; one that does not is started again, twice at most.
   *
   * @param command everything after {@code java}; the connection file is added
   */
  KernelProcess(Path folder, List<String> command) throws IOException {
    log = folder.resolve("kernel.log");
    for (int trial = 1; ; trial++) {
      var file = Client.localFile();
      var started = start(folder, command, file);
      try {
        awaitPorts(file, started);
        client = new Client(file, true);
        process = started;
        return;
      } catch (RuntimeException | AssertionError | InterruptedException e) {
        started.destroyForcibly();
        if (trial == TRIALS || e instanceof InterruptedException) {
          throw new AssertionError("the kernel does not answer; it wrote:\n" + log(), e);
        }
      }
    }
  }

  private Process start(Path folder, List<String> command, ConnectionFile file) throws IOException {
    var connectionFile = Files.writeString(folder.resolve("connection.json"), json(file));
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(command);
    words.add(connectionFile.toString());
    return new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /**
   * Rapaio's kernel drops a message, or a thread ends of it, that comes after its sockets are bound
   * and before its handlers are there, some milliseconds later.
   */
  private static void awaitPorts(ConnectionFile file, Process process) throws InterruptedException {
    var ports =
        List.of(
            file.shellPort(),
            file.controlPort(),
            file.stdinPort(),
            file.iopubPort(),
            file.heartbeatPort());
    for (int i = 0; i < 200 && process.isAlive(); i++) {
      Thread.sleep(100);
      if (ports.stream().allMatch(KernelProcess::isOpen)) {
        break;
      }
    }
    Thread.sleep(500);
  }

  private static boolean isOpen(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String json(ConnectionFile file) {
    JsonObject json = Json.object("transport", file.transport());
    json.addProperty("ip", file.ip());
    json.addProperty("key", file.key());
    json.addProperty("signature_scheme", file.signatureScheme());
    json.addProperty("shell_port", file.shellPort());
    json.addProperty("control_port", file.controlPort());
    json.addProperty("stdin_port", file.stdinPort());
    json.addProperty("iopub_port", file.iopubPort());
    json.addProperty("hb_port", file.heartbeatPort());
    return json.toString();
  }

  /** Runs a cell. */
  Exchange run(String... lines) {
    try {
      return client.run(String.join("\n", lines));
    } catch (AssertionError e) {
      throw new AssertionError("the kernel wrote:\n" + log(), e);
    }
  }

  /** The forms in which the value of a cell is shown. */
  JsonObject value(String... lines) {
    var exchange = run(lines);
    var results = exchange.of("execute_result");
    if (results.size() != 1) {
      throw new AssertionError("expected one result, got " + exchange);
    }
    return results.get(0).getAsJsonObject("data");
  }

  /** What the process wrote. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  @Override
  public void close() throws InterruptedException {
    client.close();
    process.destroy();
    if (!process.waitFor(2, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
