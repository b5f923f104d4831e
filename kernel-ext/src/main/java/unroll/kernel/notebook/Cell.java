package unroll.kernel.notebook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * One cell of a notebook. Text that a file splits into lines is whole here.
 *
 * @param kind what the cell holds
 * @param id its id, which stays the same from run to run
 * @param source the text typed into it
 * @param metadata tags and what front ends keep there
 * @param attachments pictures pasted into a text cell, by name and MIME type; null where there are
 *     none
 * @param outputs what the cell put out, as nbformat's output objects; empty for text
 * @param count the number in {@code [n]}; null where the cell has not run
 */
public record Cell(
    Kind kind,
    String id,
    String source,
    JsonObject metadata,
    JsonObject attachments,
    List<JsonObject> outputs,
    Integer count) {

  /** What a cell holds. */
  public enum Kind {
    /** Java, to be run. */
    CODE,
    /** Text in Markdown. */
    MARKDOWN,
    /** Text for a converter, neither run nor shown. */
    RAW
  }

  /** A cell of which nobody can change the list of outputs. */
  public Cell {
    outputs = List.copyOf(outputs);
  }

  /** Is there anything here to run? */
  public boolean runnable() {
    return kind == Kind.CODE && !source.isBlank() && !hasTag("skip-execution");
  }

  /**
   * Does the cell bear this tag?
   *
   * @param tag for example {@code raises-exception}
   */
  public boolean hasTag(String tag) {
    return metadata.get("tags") instanceof JsonArray tags
        && tags.asList().stream().anyMatch(each -> isText(each) && each.getAsString().equals(tag));
  }

  /**
   * The same cell with other outputs.
   *
   * @param newOutputs as nbformat's output objects
   * @param newCount the number in {@code [n]}, or null
   */
  public Cell with(List<JsonObject> newOutputs, Integer newCount) {
    return new Cell(kind, id, source, metadata, attachments, newOutputs, newCount);
  }

  static boolean isText(JsonElement element) {
    return element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
  }
}
