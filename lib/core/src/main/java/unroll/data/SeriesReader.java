package unroll.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Takes a {@link Series} out of a table, and says where the table is not fit for it. */
final class SeriesReader {
  private final Table table;
  private final String name;

  SeriesReader(Table table) {
    this.table = table;
    this.name = table.name() == null || table.name().isBlank() ? "table" : table.name();
  }

  Series read(String dateColumn, String... valueColumns) {
    if (valueColumns.length == 0) {
      throw new IllegalArgumentException(
          "Windows.of: needs the name of at least one column of values; there are " + present());
    }
    Column<?> first = column(dateColumn);
    for (String value : valueColumns) {
      column(value);
    }
    if (table.rowCount() < 2) {
      throw error("needs at least 2 rows, got " + table.rowCount());
    }
    LocalDate[] dates = dates(first);
    checkOrder(dates);
    double[][] columns = new double[valueColumns.length][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = numbers(column(valueColumns[i]), dates);
    }
    return new Series(name, dates, valueColumns.clone(), columns);
  }

  private Column<?> column(String wanted) {
    for (Column<?> column : table.columns()) {
      if (column.name().equals(wanted)) {
        return column;
      }
    }
    String near = Names.nearest(wanted, table.columnNames());
    throw error(
        "has no column \"%s\"; there %s%s"
            .formatted(
                wanted, present(), near.isEmpty() ? "" : "; did you mean \"" + near + "\"?"));
  }

  private String present() {
    List<String> names = table.columnNames();
    if (names.isEmpty()) {
      return "are none";
    }
    return (names.size() == 1 ? "is \"" : "are \"") + String.join("\", \"", names) + "\"";
  }

  private LocalDate[] dates(Column<?> column) {
    LocalDate[] dates = new LocalDate[column.size()];
    for (int row = 0; row < dates.length; row++) {
      if (column.isMissing(row)) {
        throw at(row, column, "the date is missing; fill it in or drop the row");
      }
      dates[row] = date(column, row);
    }
    return dates;
  }

  private LocalDate date(Column<?> column, int row) {
    if (column instanceof DateColumn days) {
      return days.get(row);
    }
    String text = column.getString(row).strip();
    try {
      if (column.type() == ColumnType.STRING) {
        return text.length() == 7 ? YearMonth.parse(text).atDay(1) : LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      throw at(row, column, "expected a date like 2008-01-31 or 2008-01, got \"" + text + "\"", e);
    }
    throw error(
        "column \"%s\" holds %s, not dates; expected dates like 2008-01-31"
            .formatted(column.name(), column.type().name().toLowerCase(Locale.ROOT)));
  }

  private void checkOrder(LocalDate[] dates) {
    for (int row = 1; row < dates.length; row++) {
      if (dates[row].equals(dates[row - 1])) {
        throw at(row, dates[row] + " stands there twice; keep one row for each date");
      }
      if (dates[row].isBefore(dates[row - 1])) {
        throw at(
            row,
            "%s comes after %s; sort the table by date, ascending"
                .formatted(dates[row], dates[row - 1]));
      }
    }
    Spacing spacing = Spacing.of(dates);
    if (spacing == null) {
      throw error(
          "the dates are not daily, weekly, monthly, quarterly or yearly (they go %s, %s, …);"
                  .formatted(dates[0], dates[1])
              + " bring them to one of these distances first");
    }
    for (int row = 1; row < dates.length; row++) {
      if (!spacing.follows(dates[row - 1], dates[row])) {
        throw at(
            row,
            "a gap in %s dates: after %s expected %s, got %s; fill in what is missing"
                .formatted(
                    spacing, dates[row - 1], spacing.expectedAfter(dates[row - 1]), dates[row]));
      }
    }
  }

  private double[] numbers(Column<?> column, LocalDate[] dates) {
    double[] values = new double[dates.length];
    for (int row = 0; row < values.length; row++) {
      if (column instanceof NumericColumn<?> numeric && !column.isMissing(row)) {
        values[row] = numeric.getDouble(row);
      } else {
        values[row] = number(column, row, dates[row]);
      }
      if (!Double.isFinite(values[row])) {
        throw at(row, column, "expected a finite number at " + dates[row] + ", got " + values[row]);
      }
    }
    return values;
  }

  /** The number in a cell that Tablesaw did not take for one. */
  private double number(Column<?> column, int row, LocalDate date) {
    String text = column.getString(row).strip();
    if (column.isMissing(row) || text.isEmpty()) {
      throw at(row, column, "the value at " + date + " is missing; fill it in or drop the row");
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw at(row, column, "expected a number at " + date + ", got \"" + text + "\"", e);
    }
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException("Windows.of: " + name + " " + what);
  }

  private IllegalArgumentException at(int row, String what) {
    return new IllegalArgumentException("Windows.of: " + place(name, row) + ": " + what);
  }

  private IllegalArgumentException at(int row, Column<?> column, String what) {
    return at(row, column, what, null);
  }

  private IllegalArgumentException at(int row, Column<?> column, String what, Throwable cause) {
    return new IllegalArgumentException(
        "Windows.of: " + place(name, row) + ", column \"" + column.name() + "\": " + what, cause);
  }

  /** Where a row stands: counted from 1, and as a line of the file below a header. */
  static String place(String table, int row) {
    String words = table + " row " + (row + 1);
    return table.contains(".") ? words + " (line " + (row + 2) + " of the file)" : words;
  }
}
