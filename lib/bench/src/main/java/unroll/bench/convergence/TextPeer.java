package unroll.bench.convergence;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** PyTorch in a process of its own, which trains the same model on the same text. */
final class TextPeer implements AutoCloseable {

  private final Path folder;
  private final Process process;
  private final PrintWriter ask;
  private final BufferedReader answers;

  /**
   * Starts the peer.
   *
   * @param python the interpreter of an environment that has torch
   * @throws IOException if it does not start
   */
  TextPeer(String python, Text text) throws IOException {
    folder = Files.createTempDirectory("textlm");
    Path script = folder.resolve("textlm_torch.py");
    try (InputStream source = TextPeer.class.getResourceAsStream("textlm_torch.py")) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path file = Files.writeString(folder.resolve("text"), text.text());
    process =
        new ProcessBuilder(python, script.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ask = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Trains a model.
   *
   * @param weights to start with, or null for PyTorch's own
   * @throws IOException if the peer has died; what it said is on standard error
   */
  TextResult train(TextSettings settings, float[] weights) throws IOException {
    JsonObject request = TextSettings.gson().toJsonTree(settings).getAsJsonObject();
    if (weights != null) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * weights.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(weights);
      Path file = Files.write(folder.resolve("weights"), bytes.array());
      request.addProperty("weights", file.toString());
    }
    ask.println(TextSettings.gson().toJson(request));
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "the Python given with --with-torch ended without an answer; has it torch installed?");
    }
    return TextSettings.gson().fromJson(line, TextResult.class);
  }

  @Override
  public void close() throws IOException {
    ask.close();
    process.destroy();
    for (String name : new String[] {"textlm_torch.py", "text", "weights"}) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }
}
