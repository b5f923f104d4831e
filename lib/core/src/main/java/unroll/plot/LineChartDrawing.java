package unroll.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * Paints a {@link LineChart}: the plot with its axes, lines and markers is XChart's; card, title
 * and legend are those of the other figures.
 */
final class LineChartDrawing implements Drawing {
  private static final int WIDTH = 760;
  private static final int PLOT_HEIGHT = 280;
  private static final int MARGIN = 20;
  private static final int INSET = 6; // of XChart's picture in the card
  private static final int LEGEND_ROW = 20;
  private static final int LEGEND_GAP = 18;
  private static final int NOTE_ROW = 17;
  private static final int NOTE_ROWS = 4;
  private static final Font SMALL = Fonts.plain(11.5f);

  private final LineChart chart;

  LineChartDrawing(LineChart chart) {
    if (chart.lines().isEmpty()) {
      throw new IllegalStateException(
          "LineChart: \"" + chart.title() + "\" has no lines; add one with line(name, values)");
    }
    this.chart = chart;
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return below() + notes().size() * NOTE_ROW;
  }

  /** Where the plot with its axis has ended. */
  private int below() {
    return top() + PLOT_HEIGHT + (chart.xTitle().isEmpty() ? 40 : 62);
  }

  private List<String> notes() {
    return chart.note().isEmpty()
        ? List.of()
        : Pen.wrap(chart.note(), SMALL, WIDTH - 2.0 * MARGIN, NOTE_ROWS);
  }

  /** Where the plot begins. */
  private int top() {
    return 68 + legend(null) * LEGEND_ROW + LineChartMarkers.height(chart);
  }

  @Override
  public void paint(Graphics2D g) {
    Pen pen = new Pen(g);
    pen.card(WIDTH, height(), chart.title());
    int padding = MARGIN - INSET;
    XYChart plot =
        LineChartPlot.of(chart, WIDTH - 2 * INSET, below() - top() + padding - INSET, padding);
    AffineTransform page = g.getTransform();
    g.translate(INSET, top() - padding);
    plot.paint(g, plot.getWidth(), plot.getHeight());
    g.setTransform(page);
    pen.text(chart.yTitle(), MARGIN, 53, SMALL, Palette.MUTED, Pen.Align.LEFT);
    legend(pen);
    List<String> notes = notes();
    for (int i = 0; i < notes.size(); i++) {
      double y = below() + 1 + i * (double) NOTE_ROW;
      pen.text(notes.get(i), MARGIN, y, SMALL, Palette.MUTED, Pen.Align.LEFT);
    }
  }

  /** Paints the legend (or only measures it) and returns how many extra rows it takes. */
  private int legend(Pen pen) {
    List<Line> lines = chart.lines();
    double free = WIDTH - 2.0 * MARGIN;
    double total = lines.stream().mapToDouble(LineChartDrawing::legendWidth).sum();
    boolean beside = total <= free - Pen.width(chart.yTitle(), SMALL) - 20;
    double x = beside ? WIDTH - MARGIN - total + LEGEND_GAP : MARGIN;
    int row = beside ? 0 : 1;
    for (int i = 0; i < lines.size(); i++) {
      double wide = legendWidth(lines.get(i));
      if (x + wide > WIDTH - MARGIN + LEGEND_GAP && x > MARGIN) {
        x = MARGIN;
        row++;
      }
      if (pen != null) {
        double y = 53 + row * (double) LEGEND_ROW;
        BasicStroke stroke = LineChartPlot.stroke(lines.get(i));
        pen.line(x, y - 4, x + 20, y - 4, chart.colour(i), stroke.getLineWidth());
        pen.text(fitted(lines.get(i)), x + 26, y, SMALL, Palette.INK, Pen.Align.LEFT);
      }
      x += wide;
    }
    return row;
  }

  private static String fitted(Line line) {
    return Pen.fit(line.name(), SMALL, WIDTH / 2.0);
  }

  private static double legendWidth(Line line) {
    return 26 + Pen.width(fitted(line), SMALL) + LEGEND_GAP;
  }
}
