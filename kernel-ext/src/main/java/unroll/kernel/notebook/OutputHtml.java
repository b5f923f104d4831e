package unroll.kernel.notebook;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** The outputs of one notebook as HTML, each in the best form that it comes in. */
final class OutputHtml {

  private final MarkdownHtml markdown;
  private int drawings;

  OutputHtml(MarkdownHtml markdown) {
    this.markdown = markdown;
  }

  /** One output as a block. */
  String html(JsonObject output) {
    return switch (text(output.get("output_type"))) {
      case "stream" ->
          "<pre class=\""
              + ("stderr".equals(text(output.get("name"))) ? "stderr" : "stdout")
              + "\">"
              + AnsiHtml.html(text(output.get("text")))
              + "</pre>\n";
      case "error" -> "<pre class=\"error\">" + AnsiHtml.html(traceback(output)) + "</pre>\n";
      default ->
          output.get("data") instanceof JsonObject data
              ? data(
                  data, output.get("metadata") instanceof JsonObject more ? more : new JsonObject())
              : "";
    };
  }

  private static String traceback(JsonObject output) {
    StringBuilder lines = new StringBuilder();
    if (output.has("traceback") && output.get("traceback").isJsonArray()) {
      output.getAsJsonArray("traceback").forEach(line -> lines.append(text(line)).append('\n'));
    }
    return lines.isEmpty()
        ? text(output.get("ename")) + ": " + text(output.get("evalue"))
        : lines.toString().stripTrailing();
  }

  private String data(JsonObject data, JsonObject metadata) {
    for (String type : Mime.BEST_FIRST) {
      if (data.has(type)) {
        return shown(type, data.get(type), data, metadata);
      }
    }
    return data.keySet().stream()
        .findFirst()
        .map(type -> "<pre>(" + Html.escape(type) + ")</pre>\n")
        .orElse("");
  }

  private String shown(String type, JsonElement value, JsonObject data, JsonObject metadata) {
    String text = text(value);
    return switch (type) {
      case "text/html" -> "<div class=\"html\">" + text + "</div>\n";
      case "text/markdown" -> "<div class=\"text\">" + markdown.html(text, null) + "</div>\n";
      case "image/svg+xml" ->
          "<figure>" + InlineSvg.element(text, "u" + ++drawings + "-") + "</figure>\n";
      case "image/png", "image/jpeg", "image/gif", "image/webp" ->
          "<figure><img src=\"data:"
              + type
              + ";base64,"
              + text.replaceAll("\\s", "")
              + "\""
              + size(metadata.get(type))
              + " alt=\""
              + Html.escape(text(data.get("text/plain")))
              + "\"></figure>\n";
      case "application/json" ->
          "<pre>"
              + Html.escape(new GsonBuilder().setPrettyPrinting().create().toJson(value))
              + "</pre>\n";
      default -> "<pre>" + AnsiHtml.html(text) + "</pre>\n";
    };
  }

  private static String size(JsonElement metadata) {
    StringBuilder size = new StringBuilder();
    if (metadata instanceof JsonObject object) {
      for (String side : new String[] {"width", "height"}) {
        if (object.has(side) && object.get(side).isJsonPrimitive()) {
          size.append(" ").append(side).append("=\"");
          size.append(Html.escape(object.get(side).getAsString())).append("\"");
        }
      }
    }
    return size.toString();
  }

  private static String text(JsonElement element) {
    return Cell.isText(element) ? element.getAsString() : "";
  }
}
