package unroll.plot;

import java.util.ArrayList;
import java.util.List;

/** Heat maps in shades of characters; where cells outnumber characters, each is a mean. */
final class HeatMapText {
  private static final String SHADES = " ░▒▓█";
  private static final int MOST_ROWS = 16;

  private HeatMapText() {}

  static String of(String title, List<HeatMap> panels, int columns) {
    TextLines.check("HeatMap", columns);
    int margin = 0;
    for (HeatMap panel : panels) {
      for (String label : panel.rowLabels()) {
        margin = Math.max(margin, Math.min(12, label.length()));
      }
    }
    HeatMap first = panels.get(0);
    int room = columns - margin - 2;
    int cell = Math.max(1, Math.min(6, room / first.columns()));
    List<String> out = new ArrayList<>();
    out.add(title);
    for (HeatMap panel : panels) {
      add(out, panel, margin, room, cell);
    }
    out.add(" ".repeat(margin + 1) + labels(first, Math.min(room, first.columns() * cell)));
    if (!first.columnTitle().isEmpty()) {
      out.add(" ".repeat(margin + 1) + first.columnTitle());
    }
    return TextLines.join(out, columns);
  }

  private static void add(List<String> out, HeatMap panel, int margin, int room, int cell) {
    double[][] values = panel.shrunk(MOST_ROWS, room);
    Scale scale = panel.scale();
    String key = Numbers.brief(scale.low()) + " [" + SHADES + "] " + Numbers.brief(scale.high());
    String mean =
        values.length < panel.rows()
            ? ", means of "
                + panel.rows()
                + " "
                + panel.rowTitle()
                + "s in "
                + values.length
                + " lines"
            : "";
    out.add(" ".repeat(margin + 1) + panel.title() + "  " + key + mean);
    for (int r = 0; r < values.length; r++) {
      int source = (int) ((long) r * panel.rows() / values.length);
      StringBuilder line = new StringBuilder();
      line.append(TextLines.right(TextLines.cut(panel.rowLabels().get(source), margin), margin));
      line.append('│');
      for (double value : values[r]) {
        line.append(String.valueOf(shade(scale.position(value))).repeat(cell));
      }
      out.add(line.append('│').toString());
    }
  }

  private static char shade(double position) {
    if (Double.isNaN(position)) {
      return '?';
    }
    int level = (int) (position * SHADES.length());
    return SHADES.charAt(Math.max(0, Math.min(SHADES.length() - 1, level)));
  }

  /** As many labels as stand side by side without touching. */
  private static String labels(HeatMap map, int width) {
    StringBuilder line = new StringBuilder(" ".repeat(width));
    List<String> shown = ColumnLabels.brief(map.columnLabels());
    int free = 0;
    for (int column = 0; column < map.columns(); column++) {
      String label = shown.get(column);
      int at = (int) ((long) column * width / map.columns());
      if (at >= free && at + label.length() <= width) {
        line.replace(at, at + label.length(), label);
        free = at + label.length() + 1;
      }
    }
    return line.toString();
  }
}
