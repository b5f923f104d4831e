package unroll.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** PyTorch in a process of its own, which does work when it is asked to. */
final class TorchPeer implements AutoCloseable {

  private final Process process;
  private final PrintWriter ask;
  private final BufferedReader answers;
  private final Path script;
  private final Gson gson = new Gson();

  /**
   * Starts the peer.
   *
   * @param python the interpreter of an environment that has torch
   * @param device where it computes: cpu, cuda or cuda:1
   * @throws IOException if it does not start
   */
  TorchPeer(String python, String device) throws IOException {
    script = Files.createTempFile("torch_peer", ".py");
    try (InputStream source = TorchPeer.class.getResourceAsStream("torch_peer.py")) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    process =
        new ProcessBuilder(python, script.toString(), device)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ask = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Does some work for some seconds.
   *
   * @throws IOException if the peer has died; what it said is on standard error
   */
  Measurement measure(Work work, int threads, double seconds) throws IOException {
    JsonObject request = gson.toJsonTree(work).getAsJsonObject();
    request.addProperty("threads", threads);
    request.addProperty("seconds", seconds);
    ask.println(gson.toJson(request));
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "the Python given with --with-torch ended without an answer; has it torch installed?");
    }
    JsonObject answer = gson.fromJson(line, JsonObject.class);
    String engine = answer.get("engine").getAsString();
    return new Measurement(engine, work, threads, answer.get("ms").getAsDouble());
  }

  @Override
  public void close() throws IOException {
    ask.close();
    process.destroy();
    Files.deleteIfExists(script);
  }
}
