package unroll.kernel.notebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notebooks as text, in nbformat 4.5 and in the shape Jupyter itself writes: keys sorted, one space
 * of indent, texts split into lines. The same notebook gives the same bytes.
 */
public final class NotebookWriter {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private NotebookWriter() {}

  /**
   * The file's text.
   *
   * @param notebook what to write
   */
  public static String text(Notebook notebook) {
    JsonObject root = new JsonObject();
    JsonArray cells = new JsonArray();
    notebook.cells().forEach(cell -> cells.add(cell(cell)));
    root.add("cells", cells);
    root.add("metadata", notebook.metadata());
    root.addProperty("nbformat", 4);
    root.addProperty("nbformat_minor", 5);
    StringWriter out = new StringWriter();
    JsonWriter json = new JsonWriter(out);
    json.setIndent(" ");
    GSON.toJson(sorted(root), json);
    return out + "\n";
  }

  private static JsonObject cell(Cell cell) {
    JsonObject json = new JsonObject();
    json.addProperty("cell_type", cell.kind().name().toLowerCase(Locale.ROOT));
    json.addProperty("id", cell.id());
    json.add("metadata", cell.metadata());
    json.add("source", lines(cell.source()));
    if (cell.attachments() != null) {
      json.add("attachments", cell.attachments());
    }
    if (cell.kind() == Cell.Kind.CODE) {
      json.add("execution_count", count(cell.count()));
      JsonArray outputs = new JsonArray();
      cell.outputs().forEach(output -> outputs.add(split(output)));
      json.add("outputs", outputs);
    }
    return json;
  }

  private static JsonElement count(Integer count) {
    return count == null ? JsonNull.INSTANCE : new JsonPrimitive(count);
  }

  private static JsonObject split(JsonObject output) {
    JsonObject copy = output.deepCopy();
    if (Cell.isText(copy.get("text"))) {
      copy.add("text", lines(copy.get("text").getAsString()));
    }
    if (copy.get("data") instanceof JsonObject data) {
      for (Map.Entry<String, JsonElement> each : data.entrySet()) {
        if (Mime.isLines(each.getKey()) && Cell.isText(each.getValue())) {
          each.setValue(lines(each.getValue().getAsString()));
        }
      }
    }
    return copy;
  }

  /** Lines, each with its line feed. */
  private static JsonArray lines(String text) {
    JsonArray lines = new JsonArray();
    for (int start = 0; start < text.length(); ) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  private static JsonElement sorted(JsonElement element) {
    if (element instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      new TreeMap<>(object.asMap()).forEach((key, value) -> copy.add(key, sorted(value)));
      return copy;
    }
    if (element instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(each -> copy.add(sorted(each)));
      return copy;
    }
    return element;
  }
}
