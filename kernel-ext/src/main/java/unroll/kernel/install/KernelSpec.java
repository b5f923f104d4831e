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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code kernel.json} says: how a front end starts the kernel.
 *
 * @param command the words of the command line, {@code {connection_file}} among them
 * @param env variables the kernel is started with
 * @param displayName what a front end shows
 * @param javaVersion of the Java for which this was written; empty where that is not said
 */
public record KernelSpec(
    List<String> command, Map<String, String> env, String displayName, String javaVersion) {

  /** The name of the kernelspec's folder, by which front ends and notebooks know the kernel. */
  public static final String NAME = "unroll";

  /** What a front end shows to choose from. */
  public static final String DISPLAY_NAME = "Java (Unroll)";

  static final String FILE = "kernel.json";
  static final String CONNECTION_FILE = "{connection_file}";
  private static final String JAVA_VERSION = "java_version";
  static final String MAIN = "unroll.kernel.KernelMain";
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  /** Copies the list and the map, whose order stays. */
  public KernelSpec {
    command = List.copyOf(command);
    env = new LinkedHashMap<>(env);
  }

  /**
   * The spec of a kernel whose jars lie in {@code lib} of its folder.
   *
   * @param folder the kernelspec's folder, once it is in its place
   * @param archive whether it has an archive of the classes of its start
   */
  static KernelSpec of(KernelOptions options, Path folder, boolean archive) {
    List<String> command = new ArrayList<>();
    command.add(options.java().toString());
    if (options.vector()) {
      command.add("--add-modules");
      command.add("jdk.incubator.vector");
    }
    command.add("-Djava.awt.headless=true");
    if (archive) {
      command.addAll(StartArchive.options(folder));
    }
    command.addAll(options.jvmArgs());
    // each jar by its name: an archive of classes is only used with the very same class path
    command.add("-cp");
    command.add(
        options.jars().stream()
            .map(jar -> folder.resolve("lib").resolve(jar.getFileName()).toString())
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN);
    command.add(CONNECTION_FILE);
    return new KernelSpec(
        command, options.env(), options.displayName(), System.getProperty("java.version"));
  }

  /** The text of {@code kernel.json}. */
  String json() {
    JsonObject json = new JsonObject();
    JsonArray argv = new JsonArray();
    command.forEach(argv::add);
    json.add("argv", argv);
    json.addProperty("display_name", displayName);
    json.addProperty("language", "java");
    json.addProperty("interrupt_mode", "message");
    if (!env.isEmpty()) {
      JsonObject variables = new JsonObject();
      env.forEach(variables::addProperty);
      json.add("env", variables);
    }
    JsonObject metadata = new JsonObject();
    metadata.addProperty("debugger", false);
    metadata.addProperty(JAVA_VERSION, javaVersion);
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
      Map<String, String> env = new LinkedHashMap<>();
      if (json.get("env") instanceof JsonObject variables) {
        variables.asMap().forEach((name, value) -> env.put(name, value.getAsString()));
      }
      return words.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new KernelSpec(words, env, text(json, "display_name"), metadata(json, JAVA_VERSION)));
    } catch (IOException | JsonParseException | ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static String metadata(JsonObject json, String name) {
    return json.get("metadata") instanceof JsonObject metadata ? text(metadata, name) : "";
  }

  private static String text(JsonObject json, String name) {
    return json.has(name) ? json.get(name).getAsString() : "";
  }

  /** The jars and folders of its class path; empty where the command has none. */
  public List<Path> classPath() {
    int at = command.indexOf("-cp");
    return at < 0 || at + 1 == command.size()
        ? List.of()
        : Arrays.stream(command.get(at + 1).split(File.pathSeparator, -1)).map(Path::of).toList();
  }

  /** Has it an archive of the classes of its start? */
  public boolean hasArchive() {
    return command.stream().anyMatch(word -> word.startsWith("-XX:SharedArchiveFile="));
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
