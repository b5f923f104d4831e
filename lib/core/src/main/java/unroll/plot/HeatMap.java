package unroll.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A matrix as colours: units or source words down, steps across, labelled with tokens or dates. The
 * {@link Scale} is fixed, so that two maps can be compared. Values that are not numbers are grey.
 * Each method gives a new map. Several maps in one picture: {@link HeatMaps}.
 */
public final class HeatMap implements Figure {
  private final String title;
  private final double[][] values;
  private final List<String> columnLabels;
  private final List<String> rowLabels;
  private final Scale scale;
  private final String rowTitle;
  private final String columnTitle;

  private HeatMap(
      String title,
      double[][] values,
      List<String> columnLabels,
      List<String> rowLabels,
      Scale scale,
      String rowTitle,
      String columnTitle) {
    this.title = title;
    this.values = values;
    this.columnLabels = columnLabels;
    this.rowLabels = rowLabels;
    this.scale = scale;
    this.rowTitle = rowTitle;
    this.columnTitle = columnTitle;
  }

  /**
   * A heat map whose rows are units.
   *
   * @param title what the values are, such as "forget gate"
   * @param values [rows][columns], at least 1×1, all rows of one length
   * @param columnLabels the token or date of each column
   * @param scale what the colours mean
   */
  public static HeatMap of(String title, double[][] values, List<?> columnLabels, Scale scale) {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException(
          "HeatMap \"" + title + "\": needs at least one row and one column, got none");
    }
    double[][] copy = new double[values.length][];
    for (int row = 0; row < values.length; row++) {
      if (values[row].length != values[0].length) {
        throw new IllegalArgumentException(
            "HeatMap \"%s\": row %d has %d columns, row 0 has %d; all must have as many"
                .formatted(title, row, values[row].length, values[0].length));
      }
      copy[row] = values[row].clone();
    }
    List<String> labels = strings(title, "column", columnLabels, values[0].length);
    List<String> units = IntStream.rangeClosed(1, values.length).mapToObj(String::valueOf).toList();
    return new HeatMap(title, copy, labels, units, scale, "unit", "");
  }

  /** The same map with a label for each row instead of 1, 2, 3, …. */
  public HeatMap rowLabels(List<?> labels) {
    List<String> rows = strings(title, "row", labels, values.length);
    return new HeatMap(title, values, columnLabels, rows, scale, rowTitle, columnTitle);
  }

  /** The same map with names for what its rows and its columns are, such as "unit" and "month". */
  public HeatMap axes(String rows, String columns) {
    return new HeatMap(title, values, columnLabels, rowLabels, scale, rows, columns);
  }

  private static List<String> strings(String title, String kind, List<?> labels, int count) {
    if (labels.size() != count) {
      throw new IllegalArgumentException(
          "HeatMap \"%s\": needs a label for each of %d %ss, got %d"
              .formatted(title, count, kind, labels.size()));
    }
    List<String> strings = new ArrayList<>();
    labels.forEach(label -> strings.add(String.valueOf(label)));
    return List.copyOf(strings);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    return title + ". Heat map, " + inWords() + ".";
  }

  /** Size, range of labels and spread of values. */
  String inWords() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long count = 0;
    for (double[] row : values) {
      for (double value : row) {
        if (!Double.isNaN(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
          sum += value;
          count++;
        }
      }
    }
    String spread =
        count == 0
            ? "no values"
            : "values from %s to %s, mean %s"
                .formatted(Numbers.brief(low), Numbers.brief(high), Numbers.brief(sum / count));
    return (values.length + " " + rowTitle + (values.length == 1 ? "" : "s"))
        + (columns() == 1 ? ", 1 column" : ", " + columns() + " columns")
        + (" from " + columnLabels.get(0) + " to " + columnLabels.get(columns() - 1))
        + (", " + spread);
  }

  @Override
  public String svg() {
    return Rendering.svg(() -> new HeatMapDrawing(title, List.of(this)), title, description());
  }

  @Override
  public byte[] png() {
    return Rendering.png(() -> new HeatMapDrawing(title, List.of(this)));
  }

  @Override
  public String text(int columns) {
    return HeatMapText.of(title, List.of(this), columns);
  }

  int rows() {
    return values.length;
  }

  int columns() {
    return values[0].length;
  }

  List<String> columnLabels() {
    return columnLabels;
  }

  List<String> rowLabels() {
    return rowLabels;
  }

  Scale scale() {
    return scale;
  }

  String rowTitle() {
    return rowTitle;
  }

  String columnTitle() {
    return columnTitle;
  }

  /**
   * The values as [rows][columns], or means of neighbours where there are more than fit; NaN only
   * where all of a cell's values are NaN.
   */
  double[][] shrunk(int mostRows, int mostColumns) {
    int rows = Math.min(rows(), mostRows);
    int columns = Math.min(columns(), mostColumns);
    double[][] out = new double[rows][columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[r][c] =
            mean(
                start(r, rows, rows()),
                start(r + 1, rows, rows()),
                start(c, columns, columns()),
                start(c + 1, columns, columns()));
      }
    }
    return out;
  }

  private static int start(int cell, int cells, int count) {
    return (int) ((long) cell * count / cells);
  }

  private double mean(int row, int rowEnd, int column, int columnEnd) {
    double sum = 0;
    int count = 0;
    for (int r = row; r < rowEnd; r++) {
      for (int c = column; c < columnEnd; c++) {
        if (!Double.isNaN(values[r][c])) {
          sum += values[r][c];
          count++;
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}
