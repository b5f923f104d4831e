package unroll.kernel.magic;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.LineChart;
import unroll.tensor.Tensor;

/** {@code %plot}: draws what can be drawn. */
final class PlotMagic {
  private PlotMagic() {}

  static Magic magic() {
    return new Magic(
        "plot",
        "%plot VALUE [COLUMN]…",
        "Draws a table's columns, a training, numbers, or anything that has a drawing.",
        "Of a table, all numeric columns or those that are named, over its column of dates if it has"
            + " one. A training is drawn with its losses, a network unrolled in time. Numbers may be"
            + " an array, a list, a column or a tensor; of several rows each is a line.",
        "%plot prices close",
        PlotMagic::evaluate,
        PlotMagic::complete);
  }

  private static List<String> complete(List<String> before, String word, MagicContext context) {
    if (before.isEmpty()) {
      return Variables.named(
          context,
          Table.class,
          Column.class,
          Drawable.class,
          Figure.class,
          Chart.class,
          double[].class,
          float[].class,
          int[].class,
          List.class,
          Tensor.class);
    }
    return context.variables().stream()
        .filter(v -> v.name().equals(before.get(0)) && v.value() instanceof Table)
        .flatMap(v -> ((Table) v.value()).columnNames().stream())
        .map(name -> name.contains(" ") ? '"' + name + '"' : name)
        .toList();
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    var pieces = Pieces.of(call.text());
    if (pieces.isEmpty()) {
      throw new MagicException("expected something to draw");
    }
    Variables.requireKnown(context, pieces.get(0));
    var columns = pieces.stream().skip(1).map(Pieces::unquoted).toArray(String[]::new);
    return plot(context.value(pieces.get(0)), pieces.get(0), columns);
  }

  /** The drawing of a value. */
  static Object plot(Object value, String title, String... columns) {
    if (value instanceof Table table) {
      return table(table, columns);
    }
    if (columns.length > 0) {
      throw new MagicException(
          "only a table has columns to name, got " + String.join(" ", columns));
    }
    if (value instanceof Drawable drawable) {
      return drawable.drawing();
    }
    if (value instanceof Figure || value instanceof Chart) {
      return value;
    }
    var chart = LineChart.of(title, "", "");
    var rows = rows(value);
    for (int i = 0; i < rows.size(); i++) {
      chart = chart.line(rows.size() == 1 ? title : title + " " + (i + 1), rows.get(i));
    }
    return chart;
  }

  private static LineChart table(Table table, String... columns) {
    for (var name : columns) {
      if (!table.columnNames().contains(name)) {
        throw new MagicException(
            "the table has no column "
                + name
                + Names.nearest(name, table.columnNames())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; it has " + String.join(", ", table.columnNames())));
      }
    }
    var numeric =
        table.columns().stream()
            .filter(c -> c instanceof NumericColumn<?>)
            .filter(c -> columns.length == 0 || Arrays.asList(columns).contains(c.name()))
            .map(c -> (NumericColumn<?>) c)
            .toList();
    if (numeric.isEmpty()) {
      throw new MagicException("there is no column of numbers in " + table.name() + " to draw");
    }
    var dates = table.columns().stream().filter(DateColumn.class::isInstance).findFirst();
    var yTitle = numeric.size() == 1 ? numeric.get(0).name() : "";
    var chart = LineChart.of(table.name(), dates.map(Column::name).orElse("row"), yTitle);
    for (var column : numeric) {
      chart =
          dates.isPresent()
              ? chart.line(
                  column.name(), ((DateColumn) dates.get()).asList(), column.asDoubleArray())
              : chart.line(column.name(), column.asDoubleArray());
    }
    return chart;
  }

  private static List<double[]> rows(Object value) {
    if (value instanceof Tensor tensor) {
      return tensor.shape().rank() < 2
          ? List.of(tensor.toArray())
          : tensor.unstack().stream().map(Tensor::toArray).toList();
    }
    if (value instanceof NumericColumn<?> column) {
      return List.of(column.asDoubleArray());
    }
    if (value instanceof Collection<?> many) {
      return rows(many.toArray());
    }
    if (value == null || !value.getClass().isArray() || Array.getLength(value) == 0) {
      throw new MagicException(
          "nothing to draw in "
              + (value == null ? "null" : "a " + value.getClass().getSimpleName())
              + "; a table, a training, numbers and all that has a drawing can be drawn");
    }
    if (Array.get(value, 0) instanceof Number) {
      var row = new double[Array.getLength(value)];
      for (int i = 0; i < row.length; i++) {
        row[i] = Array.get(value, i) instanceof Number n ? n.doubleValue() : Double.NaN;
      }
      return List.of(row);
    }
    var rows = new ArrayList<double[]>();
    for (int i = 0; i < Array.getLength(value); i++) {
      rows.addAll(rows(Array.get(value, i)));
    }
    return rows;
  }
}
