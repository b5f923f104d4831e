package unroll.plot;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.List;

/** Paints one or more heat maps over one row of column labels. */
final class HeatMapDrawing implements Drawing {
  private static final int WIDTH = 760;
  private static final int MARGIN = 20;
  private static final int TOP = 48;
  private static final int BAR = 64;
  private static final int PANEL_TITLE = 20;
  private static final int GAP = 14;
  private static final int MOST_ROWS = 512;
  private static final Font SMALL = Fonts.plain(11);
  private static final Font TINY = Fonts.plain(10);
  private static final Font NAME = Fonts.bold(12);

  private final String title;
  private final List<HeatMap> panels;
  private final boolean stack;
  private final int left;
  private final ColumnLabels labels;

  HeatMapDrawing(String title, List<HeatMap> panels) {
    this.title = title;
    this.panels = panels;
    this.stack = panels.size() > 1 || !panels.get(0).title().equals(title);
    double widest = 0;
    for (HeatMap panel : panels) {
      for (String label : panel.rowLabels()) {
        widest = Math.max(widest, Math.min(120, Pen.width(label, TINY)));
      }
    }
    this.left = (int) Math.ceil(MARGIN + widest + 8);
    this.labels =
        ColumnLabels.of(ColumnLabels.brief(panels.get(0).columnLabels()), cellWidth(), TINY);
  }

  private double cellWidth() {
    return (double) plotWidth() / panels.get(0).columns();
  }

  private int plotWidth() {
    return WIDTH - MARGIN - BAR - left;
  }

  private double cellHeight(HeatMap panel) {
    double ideal = panels.size() > 1 ? 96.0 / panel.rows() : 260.0 / panel.rows();
    return Math.max(0.5, Math.min(22, Math.max(panels.size() > 1 ? 2.5 : 4, ideal)));
  }

  private int panelHeight(HeatMap panel) {
    double height = Math.max(stack ? 34 : 60, cellHeight(panel) * panel.rows());
    return (int) Math.round(Math.min(MOST_ROWS, height));
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public int height() {
    double height = TOP + labels.height() + 14;
    for (HeatMap panel : panels) {
      height += panelHeight(panel) + GAP + (stack ? PANEL_TITLE : 0);
    }
    return (int) Math.ceil(height) - GAP + (panels.get(0).columnTitle().isEmpty() ? 0 : 20);
  }

  @Override
  public void paint(Graphics2D g) {
    Pen pen = new Pen(g);
    pen.card(WIDTH, height(), title);
    int y = TOP;
    for (HeatMap panel : panels) {
      if (stack) {
        paintName(pen, panel, y + 11);
        y += PANEL_TITLE;
      }
      paintPanel(pen, panel, y);
      y += panelHeight(panel) + GAP;
    }
    paintLabels(pen, y - GAP);
  }

  private void paintName(Pen pen, HeatMap panel, double y) {
    pen.text(panel.title(), left, y, NAME, Palette.INK, Pen.Align.LEFT);
    String size = panel.rows() + " " + panel.rowTitle() + (panel.rows() == 1 ? "" : "s");
    double x = left + Pen.width(panel.title(), NAME) + 10;
    pen.text(size, x, y, SMALL, Palette.MUTED, Pen.Align.LEFT);
  }

  private void paintPanel(Pen pen, HeatMap panel, int y) {
    int width = plotWidth();
    int height = panelHeight(panel);
    cells(pen.canvas(), panel, y, width, height);
    pen.stroke(new Rectangle2D.Double(left, y, width, height), Palette.AXIS, 0.6);
    double cell = (double) height / panel.rows();
    int stride = rowStride(cell);
    for (int row = 0; row < panel.rows(); row++) {
      if ((row + 1) % stride != 0 && (row > 0 || stride < 4)) {
        continue;
      }
      double middle = y + (row + 0.5) * cell;
      String label = Pen.fit(panel.rowLabels().get(row), TINY, 120);
      pen.text(label, left - 6, middle + 3.5, TINY, Palette.MUTED, Pen.Align.RIGHT);
    }
    paintBar(pen, panel.scale(), y, height);
  }

  private static int rowStride(double cell) {
    for (int stride : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024}) {
      if (stride * cell >= 14) {
        return stride;
      }
    }
    return Integer.MAX_VALUE / 2;
  }

  /** The cells as an image, each a whole number of pixels, at least two to one of the page. */
  private void cells(Graphics2D g, HeatMap panel, int y, int width, int height) {
    double[][] values = panel.shrunk(MOST_ROWS, 2 * WIDTH);
    int rows = values.length;
    int columns = values[0].length;
    int wide = Math.max(1, (int) Math.ceil(2.0 * width / columns));
    int high = Math.max(1, (int) Math.ceil(2.0 * height / rows));
    ColourMap colours = panel.scale().colours();
    BufferedImage image =
        new BufferedImage(
            wide * columns, high * rows, BufferedImage.TYPE_BYTE_INDEXED, colours.model());
    WritableRaster raster = image.getRaster();
    for (int py = 0; py < image.getHeight(); py++) {
      for (int px = 0; px < image.getWidth(); px++) {
        double value = values[py / high][px / wide];
        raster.setSample(px, py, 0, colours.index(panel.scale().position(value)));
      }
    }
    g.drawImage(image, left, y, width, height, null);
  }

  private void paintBar(Pen pen, Scale scale, int y, int height) {
    int x = WIDTH - MARGIN - BAR + 16;
    BufferedImage bar =
        new BufferedImage(1, 64, BufferedImage.TYPE_BYTE_INDEXED, scale.colours().model());
    for (int i = 0; i < 64; i++) {
      bar.getRaster().setSample(0, i, 0, scale.colours().index(1 - i / 63.0));
    }
    pen.canvas().drawImage(bar, x, y, 9, height, null);
    pen.stroke(new Rectangle2D.Double(x, y, 9, height), Palette.AXIS, 0.6);
    double[] ends = {scale.high(), scale.low()};
    for (int i = 0; i < 2; i++) {
      double at = i == 0 ? y + 8 : y + (double) height;
      pen.text(Numbers.brief(ends[i]), x + 14, at, TINY, Palette.MUTED, Pen.Align.LEFT);
    }
    if (height >= 50) {
      String middle = Numbers.brief((scale.low() + scale.high()) / 2);
      pen.text(middle, x + 14, y + height / 2.0 + 4, TINY, Palette.MUTED, Pen.Align.LEFT);
    }
  }

  private void paintLabels(Pen pen, double y) {
    HeatMap first = panels.get(0);
    List<String> shown = ColumnLabels.brief(first.columnLabels());
    double cell = cellWidth();
    for (int column = 0; column < first.columns(); column += labels.stride()) {
      String label = labels.fitted(shown.get(column), TINY);
      double x = left + (column + 0.5) * cell;
      if (labels.slanted()) {
        pen.slanted(label, x + 4, y + 11, TINY, Palette.MUTED);
        continue;
      }
      double half = Pen.width(label, TINY) / 2;
      if (labels.stride() > 1) {
        pen.line(x, y, x, y + 4, Palette.AXIS, 0.8);
      }
      double middle = Math.max(MARGIN + half, Math.min(WIDTH - MARGIN - half, x));
      pen.text(label, middle, y + 16, TINY, Palette.MUTED, Pen.Align.CENTRE);
    }
    pen.text(
        first.columnTitle(),
        left + cell * first.columns() / 2,
        y + labels.height() + 14,
        SMALL,
        Palette.MUTED,
        Pen.Align.CENTRE);
  }
}
