package unroll.kernel.notebook;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Java notebooks of nbformat 4; anything else is refused with a message that says why. */
public final class NotebookReader {

  private static final Pattern POSITION = Pattern.compile(" at line (\\d+) column (\\d+)");
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  private final Path file;

  private NotebookReader(Path file) {
    this.file = file;
  }

  /**
   * Reads a notebook.
   *
   * @param file an {@code .ipynb}
   * @throws NotebookException if it isn't there, isn't JSON, isn't a notebook of nbformat 4, or is
   *     for another language than Java
   */
  public static Notebook read(Path file) throws NotebookException {
    NotebookReader reader = new NotebookReader(file);
    return reader.notebook(reader.json(reader.text()));
  }

  private NotebookException refuse(String why) {
    return new NotebookException(file + ": " + why);
  }

  private String text() throws NotebookException {
    if (Files.isDirectory(file)) {
      throw refuse("is a folder, not a notebook");
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.isBlank()) {
        throw refuse("is empty, not a notebook");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw refuse("there is no such file");
    } catch (AccessDeniedException e) {
      throw refuse("no permission to read it");
    } catch (CharacterCodingException e) {
      throw refuse("is not text in UTF-8, so not a notebook");
    } catch (IOException e) {
      throw new NotebookException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private JsonObject json(String text) throws NotebookException {
    JsonReader in = new JsonReader(new StringReader(text));
    in.setStrictness(Strictness.STRICT);
    try {
      JsonElement root = new Gson().getAdapter(JsonElement.class).read(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new IOException("something follows the end" + position(in));
      }
      if (root instanceof JsonObject object) {
        return object;
      }
      throw refuse("is JSON, but not a notebook: the outermost value is no object");
    } catch (IOException | JsonParseException | NumberFormatException e) {
      Matcher at = POSITION.matcher(String.valueOf(e.getMessage()));
      throw refuse(
          "is not JSON, so not a notebook"
              + (at.find() ? "; line " + at.group(1) + ", column " + at.group(2) : ""));
    }
  }

  private static String position(JsonReader in) {
    Matcher at = POSITION.matcher(in.toString());
    return at.find() ? at.group() : "";
  }

  private Notebook notebook(JsonObject root) throws NotebookException {
    int format = number(root.get("nbformat"));
    if (format < 0) {
      throw refuse("is JSON, but not a notebook: it has no \"nbformat\"");
    }
    if (format < 4) {
      throw refuse(
          "has the format of old notebooks, nbformat "
              + format
              + "; this reads 4. Open and save it in Jupyter, or: jupyter nbconvert --to notebook");
    }
    if (format > 4) {
      throw refuse("has nbformat " + format + ", which is newer than this can read (4)");
    }
    if (!(root.get("cells") instanceof JsonArray cells)) {
      throw refuse("is JSON, but not a notebook: it has no list \"cells\"");
    }
    JsonObject metadata = objectOrEmpty(root.get("metadata"));
    requireJava(metadata);
    List<Cell> read = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonElement each : cells) {
      read.add(cell(each, read.size() + 1, ids));
    }
    return new Notebook(read, metadata);
  }

  /** A notebook that names no language is taken as it is; one that names another is refused. */
  private void requireJava(JsonObject metadata) throws NotebookException {
    JsonObject spec = objectOrEmpty(metadata.get("kernelspec"));
    JsonObject info = objectOrEmpty(metadata.get("language_info"));
    String language = text(info.get("name"), text(spec.get("language"), ""));
    String kernel = text(spec.get("name"), "");
    boolean java =
        language.isEmpty()
            ? kernel.isEmpty() || kernel.matches("(?i).*(java(?!script)|unroll|rapaio).*")
            : language.toLowerCase(Locale.ROOT).equals("java");
    if (!java) {
      throw refuse(
          "is a notebook for "
              + (language.isEmpty() ? "the kernel " + kernel : language)
              + ", not for Java");
    }
  }

  private Cell cell(JsonElement element, int number, Set<String> ids) throws NotebookException {
    if (!(element instanceof JsonObject cell)) {
      throw refuse("cell " + number + " is no object");
    }
    Cell.Kind kind =
        switch (text(cell.get("cell_type"), "none")) {
          case "code" -> Cell.Kind.CODE;
          case "markdown" -> Cell.Kind.MARKDOWN;
          case "raw" -> Cell.Kind.RAW;
          default ->
              throw refuse(
                  "cell "
                      + number
                      + ": cell_type must be code, markdown or raw, got "
                      + cell.get("cell_type"));
        };
    String source = joined(cell.get("source"));
    if (source == null) {
      throw refuse("cell " + number + ": source must be text or a list of lines");
    }
    List<JsonObject> outputs = new ArrayList<>();
    if (kind == Cell.Kind.CODE && cell.get("outputs") instanceof JsonArray list) {
      for (JsonElement each : list) {
        if (each instanceof JsonObject output) {
          outputs.add(whole(output));
        }
      }
    }
    int count = number(cell.get("execution_count"));
    return new Cell(
        kind,
        id(text(cell.get("id"), ""), source, number, ids),
        source,
        objectOrEmpty(cell.get("metadata")),
        cell.get("attachments") instanceof JsonObject attachments ? attachments : null,
        outputs,
        count < 0 ? null : Integer.valueOf(count));
  }

  /** The cell's own id; where it has none, one that depends on nothing but place and source. */
  private static String id(String own, String source, int number, Set<String> ids) {
    String id = own;
    for (int salt = 0; !ID.matcher(id).matches() || !ids.add(id); salt++) {
      id = String.format("%08x", (source + '\n' + number + '\n' + salt).hashCode());
    }
    return id;
  }

  /** An output whose texts are whole. */
  private static JsonObject whole(JsonObject output) {
    JsonObject copy = output.deepCopy();
    String printed = joined(copy.get("text"));
    if (printed != null) {
      copy.addProperty("text", printed);
    }
    if (copy.get("data") instanceof JsonObject data) {
      for (String type : List.copyOf(data.keySet())) {
        String value = Mime.isJson(type) ? null : joined(data.get(type));
        if (value != null) {
          data.addProperty(type, value);
        }
      }
    }
    return copy;
  }

  /** Text, or lines put together; null for anything else. */
  private static String joined(JsonElement element) {
    if (Cell.isText(element)) {
      return element.getAsString();
    }
    if (element instanceof JsonArray lines && lines.asList().stream().allMatch(Cell::isText)) {
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append(line.getAsString()));
      return text.toString();
    }
    return null;
  }

  private static String text(JsonElement element, String otherwise) {
    return Cell.isText(element) ? element.getAsString() : otherwise;
  }

  private static int number(JsonElement element) {
    try {
      return element != null && element.isJsonPrimitive() ? element.getAsInt() : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static JsonObject objectOrEmpty(JsonElement element) {
    return element instanceof JsonObject object ? object : new JsonObject();
  }
}
