package unroll.data;

import java.time.LocalDate;

/** One or more columns of a table along dates that ascend in regular steps. */
final class Series {
  private final String table;
  private final LocalDate[] dates;
  private final String[] names;
  private final double[][] columns;

  /** Takes the arrays over; [columns][rows]. */
  Series(String table, LocalDate[] dates, String[] names, double[][] columns) {
    this.table = table;
    this.dates = dates;
    this.names = names;
    this.columns = columns;
  }

  /** The name of the table, for messages. */
  String table() {
    return table;
  }

  int rows() {
    return dates.length;
  }

  int width() {
    return columns.length;
  }

  LocalDate date(int row) {
    return dates[row];
  }

  String name(int column) {
    return names[column];
  }

  double[] column(int column) {
    return columns[column];
  }

  /** The first row whose date is not before a date; the number of rows where there is none. */
  int firstFrom(LocalDate date) {
    int row = 0;
    while (row < dates.length && dates[row].isBefore(date)) {
      row++;
    }
    return row;
  }
}
