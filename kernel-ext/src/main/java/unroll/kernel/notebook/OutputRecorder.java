package unroll.kernel.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what the cells of a notebook put out, as a front end would: consecutive pieces of a
 * stream become one output, an update of a display goes to where the display was first shown, and
 * {@code clear_output} empties the cell. Any thread may print.
 */
public final class OutputRecorder {

  /** An output that may still grow or change. */
  private static final class Output {
    final JsonObject json = new JsonObject();
    final TerminalText stream;

    Output(String type, TerminalText stream) {
      json.addProperty("output_type", type);
      this.stream = stream;
    }

    JsonObject finished() {
      JsonObject copy = json.deepCopy();
      if (stream != null) {
        copy.addProperty("text", stream.toString());
      }
      return copy;
    }
  }

  private final List<List<Output>> cells = new ArrayList<>();
  private final Map<String, List<Output>> displays = new HashMap<>();
  private boolean clearBeforeNext;

  /** Starts the next cell; what comes from now on belongs to it. */
  public synchronized void begin() {
    cells.add(new ArrayList<>());
    clearBeforeNext = false;
  }

  /**
   * A piece of text printed.
   *
   * @param name {@code stdout} or {@code stderr}
   * @param text as printed, cut anywhere
   */
  public synchronized void stream(String name, String text) {
    if (text.isEmpty()) {
      return;
    }
    List<Output> cell = current();
    Output last = cell.isEmpty() ? null : cell.get(cell.size() - 1);
    if (last == null || last.stream == null || !last.json.get("name").getAsString().equals(name)) {
      last = new Output("stream", new TerminalText());
      last.json.addProperty("name", name);
      cell.add(last);
    }
    last.stream.append(text);
  }

  /**
   * A value shown.
   *
   * @param data by MIME type
   * @param metadata of the display, by MIME type
   * @param id by which it may be updated later, or null
   */
  public synchronized void display(JsonObject data, JsonObject metadata, String id) {
    Output output = new Output("display_data", null);
    fill(output, data, metadata);
    current().add(output);
    if (id != null) {
      displays.computeIfAbsent(id, key -> new ArrayList<>()).add(output);
    }
  }

  /**
   * A display shown earlier, in this cell or in one before, gets other content.
   *
   * @param data by MIME type
   * @param metadata of the display
   * @param id under which it was shown; an unknown one changes nothing
   */
  public synchronized void update(JsonObject data, JsonObject metadata, String id) {
    displays.getOrDefault(id, List.of()).forEach(output -> fill(output, data, metadata));
  }

  /**
   * The value of the cell's last expression.
   *
   * @param count the number in {@code [n]}
   * @param data by MIME type
   * @param metadata of the display
   */
  public synchronized void result(int count, JsonObject data, JsonObject metadata) {
    Output output = new Output("execute_result", null);
    output.json.addProperty("execution_count", count);
    fill(output, data, metadata);
    current().add(output);
  }

  /**
   * What ended the cell.
   *
   * @param name the exception's class, or the kind of error
   * @param value its message
   * @param traceback lines to show, colours allowed
   */
  public synchronized void error(String name, String value, List<String> traceback) {
    Output output = new Output("error", null);
    output.json.addProperty("ename", name);
    output.json.addProperty("evalue", value);
    JsonArray lines = new JsonArray();
    traceback.forEach(lines::add);
    output.json.add("traceback", lines);
    current().add(output);
  }

  /**
   * Empties the cell.
   *
   * @param wait only when its next output comes
   */
  public synchronized void clear(boolean wait) {
    if (wait) {
      clearBeforeNext = true;
    } else if (!cells.isEmpty()) {
      cells.get(cells.size() - 1).clear();
    }
  }

  /**
   * What a cell has put out so far, as nbformat's output objects.
   *
   * @param cell its place in the order of {@link #begin}, from 0
   */
  public synchronized List<JsonObject> outputs(int cell) {
    return cells.get(cell).stream().map(Output::finished).toList();
  }

  private List<Output> current() {
    if (cells.isEmpty()) {
      cells.add(new ArrayList<>());
    }
    List<Output> cell = cells.get(cells.size() - 1);
    if (clearBeforeNext) {
      cell.clear();
      clearBeforeNext = false;
    }
    return cell;
  }

  /** Values that are not JSON must be text in a notebook. */
  private static void fill(Output output, JsonObject data, JsonObject metadata) {
    JsonObject kept = new JsonObject();
    data.entrySet()
        .forEach(
            each -> {
              if (Mime.isJson(each.getKey()) || Cell.isText(each.getValue())) {
                kept.add(each.getKey(), each.getValue());
              } else if (!each.getValue().isJsonNull()) {
                kept.addProperty(each.getKey(), each.getValue().toString());
              }
            });
    output.json.add("data", kept);
    output.json.add("metadata", metadata == null ? new JsonObject() : metadata);
  }
}
