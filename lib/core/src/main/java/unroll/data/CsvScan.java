package unroll.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes CSV text apart into records and their cells, only to know where each begins: cells are
 * parted by commas, quotes may enclose commas, line ends and doubled quotes.
 */
final class CsvScan {
  /** The cells of one record, and the line (from 1) on which it begins. */
  record Row(int line, List<String> cells) {}

  private final String text;
  private int at;
  private int line = 1;

  CsvScan(String text) {
    this.text = text;
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** The next record that is not an empty line; null at the end. */
  Row next() {
    while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
      newline();
    }
    if (at == text.length()) {
      return null;
    }
    int start = line;
    List<String> cells = new ArrayList<>();
    cells.add(cell(start));
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      cells.add(cell(start));
    }
    newline();
    return new Row(start, cells);
  }

  private void newline() {
    if (at < text.length()) {
      if (text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
        at++;
      }
      at++;
      line++;
    }
  }

  /** Reads up to the comma or line end after a cell. */
  private String cell(int start) {
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' && (quoted || cell.toString().isBlank())) {
        quoted = !quoted || doubled(cell);
      } else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
        break;
      } else {
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      }
      at++;
    }
    if (quoted) {
      throw new IllegalArgumentException("line " + start + ": a quote is opened and not closed");
    }
    return cell.toString().strip();
  }

  /** Inside quotes: two quotes stand for one, and the cell goes on. */
  private boolean doubled(StringBuilder cell) {
    if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
      cell.append('"');
      at++;
      return true;
    }
    return false;
  }
}
