package unroll.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@link LineChart} in characters: one line in braille dots, several each with a mark of its own.
 */
final class LineChartText {
  private static final int ROWS = 15;
  private static final String MARKS = "●○▲△■□◆◇";
  private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  private LineChartText() {}

  static String of(LineChart chart, int columns) {
    TextLines.check("LineChart", columns);
    Frame frame = chart.frame();
    Ticks ticks = frame.yTicks(5);
    int margin = ticks.ticks().stream().mapToInt(t -> t.label().length()).max().orElse(0);
    int width = columns - margin - 2;
    char[][] plot = plot(chart, frame, width);
    String[] labels = new String[ROWS];
    for (Ticks.Tick tick : ticks.ticks()) {
      labels[row(frame.up(tick.position()), ROWS)] = tick.label();
    }
    List<String> out = new ArrayList<>();
    out.add(chart.title());
    if (!chart.yTitle().isEmpty()) {
      out.add(chart.yTitle());
    }
    for (int row = 0; row < ROWS; row++) {
      String label = labels[row] == null ? "" : labels[row];
      out.add(
          TextLines.right(label, margin) + (label.isEmpty() ? " │" : " ┤") + new String(plot[row]));
    }
    StringBuilder axis = new StringBuilder("─".repeat(width));
    StringBuilder names = new StringBuilder(" ".repeat(width));
    int free = 0;
    for (Ticks.Tick tick : chart.xTicks(frame, Math.max(2, width / 12)).ticks()) {
      int at = column(frame.across(tick.position()), width);
      int start =
          Math.max(0, Math.min(width - tick.label().length(), at - tick.label().length() / 2));
      if (start >= free) {
        axis.setCharAt(at, '┬');
        names.replace(start, start + tick.label().length(), tick.label());
        free = start + tick.label().length() + 1;
      }
    }
    out.add(" ".repeat(margin) + " └" + axis);
    out.add(" ".repeat(margin + 2) + names);
    if (!chart.xTitle().isEmpty()) {
      out.add(" ".repeat(margin + 2) + TextLines.centre(chart.xTitle(), width));
    }
    out.addAll(TextLines.wrap(legend(chart), 3, columns));
    if (!chart.note().isEmpty()) {
      out.addAll(TextLines.wrap(List.of(chart.note().split(" ")), 1, columns));
    }
    return TextLines.join(out, columns);
  }

  private static List<String> legend(LineChart chart) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < chart.lines().size(); i++) {
      words.add((chart.lines().size() == 1 ? '⠒' : mark(i)) + " " + chart.lines().get(i).name());
    }
    for (Marker marker : chart.markers()) {
      words.add("╎ " + marker.label());
    }
    return words;
  }

  private static char mark(int index) {
    return MARKS.charAt(index % MARKS.length());
  }

  private static char[][] plot(LineChart chart, Frame frame, int width) {
    char[][] plot = new char[ROWS][width];
    for (char[] row : plot) {
      java.util.Arrays.fill(row, ' ');
    }
    for (Marker marker : chart.markers()) {
      for (char[] row : plot) {
        row[column(frame.across(marker.x()), width)] = '╎';
      }
    }
    boolean single = chart.lines().size() == 1;
    for (int i = chart.lines().size() - 1; i >= 0; i--) { // the first lies on top
      Line line = chart.lines().get(i);
      if (single) {
        braille(plot, line, frame, width);
      } else {
        marks(plot, line, frame, width, mark(i));
      }
    }
    return plot;
  }

  private static void marks(char[][] plot, Line line, Frame frame, int width, char mark) {
    double[] heights = new double[width];
    heights(line, frame, heights);
    for (int column = 0; column < width; column++) {
      if (!Double.isNaN(heights[column])) {
        plot[row(heights[column], ROWS)][column] = mark;
      }
    }
  }

  private static void braille(char[][] plot, Line line, Frame frame, int width) {
    double[] heights = new double[2 * width];
    heights(line, frame, heights);
    int[][] dots = new int[ROWS][width];
    int before = -1;
    for (int x = 0; x < heights.length; x++) {
      if (Double.isNaN(heights[x])) {
        before = -1;
        continue;
      }
      int y = row(heights[x], 4 * ROWS);
      int from = before < 0 ? y : before + Integer.signum(y - before);
      for (int dot = Math.min(from, y); dot <= Math.max(from, y); dot++) {
        dots[dot / 4][x / 2] |= DOTS[dot % 4][x % 2];
      }
      before = y;
    }
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < width; column++) {
        if (dots[row][column] != 0) {
          plot[row][column] = (char) (0x2800 + dots[row][column]);
        }
      }
    }
  }

  /** The height of a line at each of evenly spaced positions, NaN where it has a gap. */
  private static void heights(Line line, Frame frame, double[] heights) {
    java.util.Arrays.fill(heights, Double.NaN);
    int cells = heights.length;
    for (int i = 0; i < line.size(); i++) {
      if (!line.shown(i)) {
        continue;
      }
      int here = column(frame.across(line.x(i)), cells);
      heights[here] = frame.up(line.y(i));
      if (i > 0 && line.shown(i - 1)) {
        int there = column(frame.across(line.x(i - 1)), cells);
        double from = frame.up(line.y(i - 1));
        for (int c = there + 1; c < here; c++) {
          heights[c] = from + (heights[here] - from) * (c - there) / (here - there);
        }
      }
    }
  }

  private static int column(double across, int width) {
    return (int) Math.round(across * (width - 1));
  }

  private static int row(double up, int rows) {
    return (int) Math.max(0, Math.min(rows - 1, Math.round((1 - up) * (rows - 1))));
  }
}
