package unroll.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Paints a {@link LineChart}: title, legend, thin grid, lines. */
final class LineChartDrawing implements Drawing {
  private static final int WIDTH = 760;
  private static final int PLOT_HEIGHT = 280;
  private static final int MARGIN = 20;
  private static final int LEGEND_ROW = 20;
  private static final int LEGEND_GAP = 18;
  private static final Font SMALL = Fonts.plain(11.5f);

  private final LineChart chart;
  private final Frame frame;

  LineChartDrawing(LineChart chart) {
    if (chart.lines().isEmpty()) {
      throw new IllegalStateException(
          "LineChart: \"" + chart.title() + "\" has no lines; add one with line(name, values)");
    }
    this.chart = chart;
    this.frame = chart.frame();
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    return top() + PLOT_HEIGHT + (chart.xTitle().isEmpty() ? 40 : 60);
  }

  private int top() {
    return 70 + legend(null) * LEGEND_ROW;
  }

  @Override
  public void paint(Graphics2D g) {
    Pen pen = new Pen(g);
    pen.card(WIDTH, height(), chart.title());
    legend(pen);
    pen.text(chart.yTitle(), MARGIN, 53, SMALL, Palette.MUTED, Pen.Align.LEFT);
    Rectangle2D plot = plot();
    paintAxes(pen, plot);
    for (int pass = 0; pass < 2; pass++) { // baselines first, under the rest
      for (int i = 0; i < chart.lines().size(); i++) {
        Line line = chart.lines().get(i);
        if (line.reference() == (pass == 0)) {
          paintLine(pen, plot, line, colour(i));
        }
      }
    }
    paintMarkers(pen, plot);
  }

  private Rectangle2D plot() {
    double labels = 0;
    for (Ticks.Tick tick : frame.yTicks(7).ticks()) {
      labels = Math.max(labels, Pen.width(tick.label(), SMALL));
    }
    double left = MARGIN + labels + 10;
    return new Rectangle2D.Double(left, top(), WIDTH - MARGIN - 6 - left, PLOT_HEIGHT);
  }

  private Color colour(int index) {
    if (chart.lines().get(index).reference()) {
      return Palette.REFERENCE;
    }
    int before = (int) chart.lines().subList(0, index).stream().filter(l -> !l.reference()).count();
    return Palette.line(before);
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
        stroke(
            pen, new java.awt.geom.Line2D.Double(x, y - 4, x + 20, y - 4), lines.get(i), colour(i));
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

  private void paintAxes(Pen pen, Rectangle2D plot) {
    for (Ticks.Tick tick : frame.yTicks(7).ticks()) {
      double y = y(plot, tick.position());
      pen.line(plot.getMinX(), y, plot.getMaxX(), y, Palette.GRID, 1);
      pen.text(tick.label(), plot.getMinX() - 8, y + 4, SMALL, Palette.MUTED, Pen.Align.RIGHT);
    }
    double bottom = plot.getMaxY();
    pen.line(plot.getMinX(), bottom, plot.getMaxX(), bottom, Palette.AXIS, 1);
    for (Ticks.Tick tick : chart.xTicks(10).ticks()) {
      double x = x(plot, tick.position());
      pen.line(x, bottom, x, bottom + 5, Palette.AXIS, 1);
      double half = Pen.width(tick.label(), SMALL) / 2;
      double middle = Math.min(x, WIDTH - 8 - half);
      pen.text(tick.label(), middle, bottom + 19, SMALL, Palette.MUTED, Pen.Align.CENTRE);
    }
    pen.text(
        chart.xTitle(), plot.getCenterX(), bottom + 41, SMALL, Palette.MUTED, Pen.Align.CENTRE);
  }

  private void paintLine(Pen pen, Rectangle2D plot, Line line, Color colour) {
    Path2D path = new Path2D.Double();
    boolean drawn = false;
    int start = 0;
    while (start < line.size()) {
      int end = start;
      while (end < line.size() && line.shown(end)) {
        end++;
      }
      if (end - start == 1) { // a point between gaps
        pen.fill(dot(x(plot, line.x(start)), y(plot, line.y(start)), 2.6), colour);
      } else if (end > start) {
        trace(path, plot, line, start, end);
        drawn = true;
      }
      start = end + 1;
    }
    if (drawn) {
      stroke(pen, path, line, colour);
    }
  }

  /** Adds a run of points to the path; of many in one column of pixels, the extremes suffice. */
  private void trace(Path2D path, Rectangle2D plot, Line line, int start, int end) {
    path.moveTo(x(plot, line.x(start)), y(plot, line.y(start)));
    int i = start + 1;
    while (i < end) {
      double column = Math.floor(x(plot, line.x(i)));
      int last = i;
      int low = i;
      int high = i;
      while (last + 1 < end && Math.floor(x(plot, line.x(last + 1))) == column) {
        last++;
        low = line.y(last) < line.y(low) ? last : low;
        high = line.y(last) > line.y(high) ? last : high;
      }
      int[] kept = {i, Math.min(low, high), Math.max(low, high), last};
      int before = start;
      for (int k : kept) {
        if (k > before) {
          path.lineTo(x(plot, line.x(k)), y(plot, line.y(k)));
        }
        before = Math.max(before, k);
      }
      i = last + 1;
    }
  }

  private static void stroke(Pen pen, java.awt.Shape shape, Line line, Color colour) {
    if (line.reference()) {
      pen.stroke(shape, colour, 1.4, 5, 4);
    } else {
      pen.stroke(shape, colour, 2);
    }
  }

  /** The lines first, then their labels, each in the first row where it touches no other. */
  private void paintMarkers(Pen pen, Rectangle2D plot) {
    for (Marker marker : chart.markers()) {
      double x = x(plot, marker.x());
      pen.line(x, plot.getMinY() - 4, x, plot.getMaxY(), Palette.MUTED, 1, 3, 3);
    }
    List<Rectangle2D> taken = new ArrayList<>();
    for (Marker marker : chart.markers()) {
      double x = x(plot, marker.x());
      double width = Pen.width(marker.label(), SMALL);
      double left = x + 7 + width <= plot.getMaxX() ? x + 6 : x - 6 - width;
      Rectangle2D box = new Rectangle2D.Double(left - 3, plot.getMinY() - 4, width + 6, 17);
      while (taken.stream().anyMatch(box::intersects)) {
        box.setRect(box.getX(), box.getY() + 17, box.getWidth(), 17);
      }
      taken.add(box);
      pen.fill(box, Palette.CARD);
      pen.text(marker.label(), left, box.getY() + 13, SMALL, Palette.MUTED, Pen.Align.LEFT);
    }
  }

  private static Ellipse2D dot(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private double x(Rectangle2D plot, double value) {
    return plot.getMinX() + frame.across(value) * plot.getWidth();
  }

  private double y(Rectangle2D plot, double value) {
    return plot.getMaxY() - frame.up(value) * plot.getHeight();
  }
}
