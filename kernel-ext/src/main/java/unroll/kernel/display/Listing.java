package unroll.kernel.display;

import java.util.ArrayList;
import java.util.List;

/**
 * A small table of text, shown as an HTML table and as aligned columns.
 *
 * @param headings one a column
 * @param rows cells as text, as many a row as there are headings
 * @param note a line below the table; may be empty
 */
public record Listing(List<String> headings, List<List<String>> rows, String note) {

  /** Copies the lists and checks the rows. */
  public Listing {
    headings = List.copyOf(headings);
    rows = rows.stream().map(List::copyOf).toList();
    for (var row : rows) {
      if (row.size() != headings.size()) {
        throw new IllegalArgumentException(
            "Listing: a row must have " + headings.size() + " cells, got " + row);
      }
    }
  }

  /** The table in both forms. */
  public MimeBundle bundle() {
    return MimeBundle.html(html(), text());
  }

  private String html() {
    var html = new StringBuilder("<table>\n<thead><tr>");
    headings.forEach(heading -> cell(html, "th", heading));
    html.append("</tr></thead>\n<tbody>\n");
    for (var row : rows) {
      html.append("<tr>");
      row.forEach(value -> cell(html, "td", value));
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>");
    if (!note.isEmpty()) {
      html.append("\n<p>").append(Html.escape(note)).append("</p>");
    }
    return html.toString();
  }

  private static void cell(StringBuilder html, String tag, String value) {
    html.append('<').append(tag).append(" style=\"text-align:left\">");
    html.append(Html.escape(value)).append("</").append(tag).append('>');
  }

  private String text() {
    var widths = new int[headings.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = headings.get(c).length();
      for (var row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    var lines = new ArrayList<String>();
    lines.add(line(headings, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    if (!note.isEmpty()) {
      lines.add(note);
    }
    return String.join("\n", lines);
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      line.append(cells.get(c)).append(" ".repeat(widths[c] - cells.get(c).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
