package unroll.kernel.cli;

import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.render.TableRenderer;
import unroll.plot.Drawable;
import unroll.plot.Figure;
import unroll.plot.XCharts;

/**
 * Values as a terminal shows them: figures drawn with characters, tables by their first and last
 * rows.
 *
 * @param columns the width of the terminal
 */
record ShellValues(int columns) {
  private static final int WIDEST_FIGURE = 120;
  private static final int NARROWEST_FIGURE = 40;

  /** The values of the terminal that this process writes to; 80 columns where there is none. */
  static ShellValues here() {
    int columns = Terminal.here().columns();
    return new ShellValues(columns == 0 ? 80 : columns);
  }

  /** Is there more to show than the value's own text? */
  static boolean isDrawn(Object value) {
    return value instanceof Figure
        || value instanceof Drawable
        || value instanceof Chart
        || value instanceof Table
        || value instanceof MimeBundle;
  }

  /** The value's picture or table; of anything else its text. */
  String text(Object value) {
    if (value instanceof Figure figure) {
      return drawn(figure);
    }
    if (value instanceof Drawable drawable) {
      return (drawable + "\n\n" + drawn(drawable.drawing())).strip();
    }
    if (value instanceof Chart<?, ?> chart) {
      return drawn(XCharts.figure(chart));
    }
    if (value instanceof Table table) {
      return cut(new TableRenderer().render(table));
    }
    if (value instanceof MimeBundle bundle) {
      return FoldedTable.fold(bundle.get(MimeBundle.TEXT).orElse(""), columns - 1);
    }
    return String.valueOf(value);
  }

  private String drawn(Figure figure) {
    int width = Math.min(Math.max(columns - 1, NARROWEST_FIGURE), WIDEST_FIGURE);
    return figure.text(width).stripTrailing();
  }

  /** Lines that are too long would be folded, and columns no longer stand below each other. */
  private String cut(MimeBundle bundle) {
    return bundle
        .get(MimeBundle.TEXT)
        .orElse("")
        .lines()
        .map(line -> line.length() < columns ? line : line.substring(0, columns - 2) + "…")
        .collect(Collectors.joining("\n"));
  }
}
