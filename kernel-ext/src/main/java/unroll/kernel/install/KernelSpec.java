package unroll.kernel.install;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code kernel.json} says: how a front end starts the kernel.
 *
 * @param command the words of the command line, {@code {connection_file}} among them
 */
public record KernelSpec(List<String> command) {

  /** The name of the kernelspec's folder, by which front ends and notebooks know the kernel. */
  public static final String NAME = "unroll";

  /** What a front end shows to choose from. */
  public static final String DISPLAY_NAME = "Java (Unroll)";

  static final String FILE = "kernel.json";
  static final String MAIN = "unroll.kernel.KernelMain";
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  /** Copies the list. */
  public KernelSpec {
    command = List.copyOf(command);
  }

  /**
   * The spec of a kernel whose jars lie in {@code lib} of its folder.
   *
   * @param java the program that runs it
   * @param folder the kernelspec's folder, once it is in its place
   * @param vector whether that Java has the module {@code jdk.incubator.vector}
   */
  static KernelSpec of(Path java, Path folder, boolean vector) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    if (vector) {
      command.add("--add-modules");
      command.add("jdk.incubator.vector");
    }
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(folder.resolve("lib") + File.separator + "*");
    command.add(MAIN);
    command.add("{connection_file}");
    return new KernelSpec(command);
  }

  /** The text of {@code kernel.json}. */
  String json() {
    JsonObject json = new JsonObject();
    JsonArray argv = new JsonArray();
    command.forEach(argv::add);
    json.add("argv", argv);
    json.addProperty("display_name", DISPLAY_NAME);
    json.addProperty("language", "java");
    json.addProperty("interrupt_mode", "message");
    JsonObject metadata = new JsonObject();
    metadata.addProperty("debugger", false);
    json.add("metadata", metadata);
    return GSON.toJson(json) + "\n";
  }

  /**
   * Reads a kernelspec back.
   *
   * @param folder that holds a {@code kernel.json}
   * @return empty where there is none, or none with a command
   */
  public static Optional<KernelSpec> read(Path folder) {
    try {
      JsonObject json = GSON.fromJson(Files.readString(folder.resolve(FILE)), JsonObject.class);
      List<String> words = new ArrayList<>();
      json.getAsJsonArray("argv").forEach(word -> words.add(word.getAsString()));
      return words.isEmpty() ? Optional.empty() : Optional.of(new KernelSpec(words));
    } catch (IOException | JsonParseException | ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }

  /** Does this spec start Unroll's kernel? */
  public boolean isUnroll() {
    return command.contains(MAIN);
  }

  /** The Java that the spec starts. */
  public Path java() {
    return Path.of(command.get(0));
  }
}
