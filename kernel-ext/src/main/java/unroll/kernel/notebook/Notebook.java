package unroll.kernel.notebook;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A notebook in memory, whatever minor version of nbformat 4 it came in.
 *
 * @param cells in order
 * @param metadata of the notebook: kernelspec, language_info and the like
 */
public record Notebook(List<Cell> cells, JsonObject metadata) {

  /** A notebook of which nobody can change the list of cells. */
  public Notebook {
    cells = List.copyOf(cells);
  }

  /** How many cells there are to run. */
  public int runnableCells() {
    return (int) cells.stream().filter(Cell::runnable).count();
  }

  /**
   * The same notebook without outputs and numbers, and with the metadata that a notebook run on
   * Unroll's kernel has.
   */
  Notebook cleared() {
    JsonObject marked = metadata.deepCopy();
    if (!marked.has("kernelspec")) {
      JsonObject spec = new JsonObject();
      spec.addProperty("display_name", "Java (Unroll)");
      spec.addProperty("language", "java");
      spec.addProperty("name", "unroll");
      marked.add("kernelspec", spec);
    }
    if (!marked.has("language_info")) {
      JsonObject language = new JsonObject();
      language.addProperty("codemirror_mode", "text/x-java");
      language.addProperty("file_extension", ".jshell");
      language.addProperty("mimetype", "text/x-java");
      language.addProperty("name", "java");
      language.addProperty("pygments_lexer", "java");
      marked.add("language_info", language);
    }
    return new Notebook(cells.stream().map(Notebook::cleared).toList(), marked);
  }

  private static Cell cleared(Cell cell) {
    if (cell.kind() != Cell.Kind.CODE) {
      return cell;
    }
    JsonObject kept = cell.metadata().deepCopy();
    kept.remove("execution"); // times, which would differ from run to run
    return new Cell(cell.kind(), cell.id(), cell.source(), kept, null, List.of(), null);
  }
}
