package unroll.kernel.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import unroll.kernel.display.Html;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.display.Renderer;

/** Tablesaw tables: the first and last rows, with the name and the shape above them. */
public final class TableRenderer implements Renderer<Table> {
  private static final int WHOLE = 20;
  private static final int END_ROWS = 5;
  private static final int MAX_COLUMNS = 20;
  private static final String GAP = "…";

  @Override
  public Class<Table> type() {
    return Table.class;
  }

  @Override
  public MimeBundle render(Table table) {
    return MimeBundle.html(html(table), text(table));
  }

  private static String caption(Table table) {
    var shape = table.rowCount() + " rows × " + table.columnCount() + " columns";
    return table.name() == null || table.name().isBlank() ? shape : table.name() + ": " + shape;
  }

  /** The numbers of the rows to show; -1 stands for those left out. */
  private static List<Integer> rows(Table table) {
    int count = table.rowCount();
    if (count <= WHOLE) {
      return IntStream.range(0, count).boxed().toList();
    }
    var rows = new ArrayList<>(IntStream.range(0, END_ROWS).boxed().toList());
    rows.add(-1);
    IntStream.range(count - END_ROWS, count).forEach(rows::add);
    return rows;
  }

  private static List<Column<?>> columns(Table table) {
    return table.columns().subList(0, Math.min(MAX_COLUMNS, table.columnCount()));
  }

  /** A column's cells; its numbers with as many decimals each, so that their points are aligned. */
  private static List<String> cells(Column<?> column, List<Integer> rows) {
    var cells = rows.stream().map(row -> row < 0 ? GAP : column.getString(row)).toList();
    if (!isNumber(column) || cells.stream().anyMatch(cell -> cell.indexOf('E') >= 0)) {
      return cells;
    }
    int most = cells.stream().mapToInt(TableRenderer::decimals).max().orElse(0);
    return cells.stream().map(cell -> withDecimals(cell, most)).toList();
  }

  private static int decimals(String number) {
    int point = number.indexOf('.');
    return point < 0 ? 0 : number.length() - point - 1;
  }

  private static String withDecimals(String cell, int count) {
    if (count == 0 || cell.isEmpty() || !Character.isDigit(cell.charAt(cell.length() - 1))) {
      return cell; // missing, a gap, a percentage
    }
    var point = cell.indexOf('.') < 0 ? "." : "";
    return cell + point + "0".repeat(count - decimals(cell));
  }

  private static String html(Table table) {
    var columns = columns(table);
    boolean cut = columns.size() < table.columnCount();
    var html =
        new StringBuilder("<table>\n<caption style=\"text-align:left;white-space:nowrap\">")
            .append(Html.escape(caption(table)));
    html.append("</caption>\n<thead><tr><th></th>");
    for (var column : columns) {
      html.append("<th style=\"text-align:").append(isNumber(column) ? "right" : "left");
      html.append("\" title=\"").append(Html.escape(column.type().name())).append("\">");
      html.append(Html.escape(column.name())).append("</th>");
    }
    html.append(cut ? "<th>" + GAP + "</th>" : "").append("</tr></thead>\n<tbody>\n");
    var rows = rows(table);
    var cells = columns.stream().map(column -> cells(column, rows)).toList();
    for (int r = 0; r < rows.size(); r++) {
      html.append("<tr><th style=\"font-weight:normal;opacity:0.6\">");
      html.append(rows.get(r) < 0 ? GAP : String.valueOf(rows.get(r))).append("</th>");
      for (int c = 0; c < columns.size(); c++) {
        html.append("<td style=\"text-align:").append(isNumber(columns.get(c)) ? "right" : "left");
        html.append("\">").append(Html.escape(cells.get(c).get(r))).append("</td>");
      }
      html.append(cut ? "<td>" + GAP + "</td>" : "").append("</tr>\n");
    }
    return html.append("</tbody>\n</table>").toString();
  }

  private static boolean isNumber(Column<?> column) {
    return column instanceof NumericColumn<?>;
  }

  private static String text(Table table) {
    var columns = columns(table);
    boolean cut = columns.size() < table.columnCount();
    var rows = rows(table);
    var lines = new ArrayList<StringBuilder>();
    lines.add(new StringBuilder());
    rows.forEach(row -> lines.add(new StringBuilder()));
    for (var column : columns) {
      var cells = new ArrayList<String>();
      cells.add(column.name());
      cells.addAll(cells(column, rows));
      int width = cells.stream().mapToInt(String::length).max().orElse(0);
      for (int i = 0; i < cells.size(); i++) {
        var padding = " ".repeat(width - cells.get(i).length());
        var padded = isNumber(column) ? padding + cells.get(i) : cells.get(i) + padding;
        lines.get(i).append(padded).append("  ");
      }
    }
    var text = new StringBuilder(caption(table));
    lines.forEach(line -> text.append('\n').append((line + (cut ? GAP : "")).stripTrailing()));
    return text.toString();
  }
}
