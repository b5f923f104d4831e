package unroll.plot;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.font.TextLayout;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;

/** The markers of a {@link LineChart}: dashed lines, their labels in rows above the plot. */
final class LineChartMarkers {
  private static final int ROW = 16;
  private static final int PLOT_WIDTH = 670; // about; labels of the vertical axis take the rest
  private static final int PLOT_HEIGHT = 280;
  private static final Font SMALL = Fonts.plain(11.5f);

  private LineChartMarkers() {}

  /** How much room the labels take above the plot. */
  static int height(LineChart chart) {
    return (int) labels(chart).stream().mapToDouble(Rectangle2D::getMaxY).max().orElse(0);
  }

  /**
   * Where the labels are, in pixels from the upper left corner of the plot, upwards: over their
   * lines, or where they would meet, the left half to the left of their lines and the others to the
   * right; in a further row where they still meet.
   */
  private static List<Rectangle2D> labels(LineChart chart) {
    List<Rectangle2D> over = place(chart, false);
    return over.stream().allMatch(box -> box.getY() == 0) ? over : place(chart, true);
  }

  private static List<Rectangle2D> place(LineChart chart, boolean aside) {
    List<Rectangle2D> taken = new ArrayList<>();
    Frame frame = chart.frame().widened();
    List<Marker> markers = chart.markers();
    for (Marker marker : markers) {
      double width = Pen.width(label(marker), SMALL) + 8;
      long before = markers.stream().filter(other -> other.x() < marker.x()).count();
      double share = !aside ? 0.5 : before < markers.size() / 2 ? 1 : 0;
      double left = frame.across(marker.x()) * PLOT_WIDTH - width * share;
      left = Math.max(-30, Math.min(left, PLOT_WIDTH + 6 - width));
      Rectangle2D box = new Rectangle2D.Double(left, 0, width, ROW);
      while (taken.stream().anyMatch(box::intersects)) {
        box.setRect(left, box.getY() + ROW, width, ROW);
      }
      taken.add(box);
    }
    return taken;
  }

  /** Adds the markers of a chart to its plot; labels stand in the air above it. */
  static void add(XYChart plot, LineChart chart, TickScale across, HeightScale up) {
    plot.getStyler().setAnnotationLineColor(Palette.MUTED).setAnnotationLineStroke(dashed());
    plot.getStyler().setAnnotationTextFont(SMALL).setAnnotationTextFontColor(Palette.MUTED);
    Frame frame = chart.frame().widened();
    double pixel = (across.end() - across.start()) / PLOT_WIDTH;
    List<Rectangle2D> labels = labels(chart);
    for (int i = 0; i < labels.size(); i++) {
      Marker marker = chart.markers().get(i);
      double x = across.of(marker.x());
      plot.addAnnotation(new AnnotationLine(x, true, false));
      if (!marker.label().isBlank()) {
        double aside = labels.get(i).getCenterX() - frame.across(marker.x()) * PLOT_WIDTH;
        double above = labels.get(i).getY() + 7 + ink(marker) / 2;
        plot.addAnnotation(
            new AnnotationText(
                label(marker), x + aside * pixel, up.at(1 + above / PLOT_HEIGHT), false));
      }
    }
  }

  private static String label(Marker marker) {
    return Pen.fit(marker.label(), SMALL, PLOT_WIDTH);
  }

  /** How high a label is; XChart centres by it, and labels in a row shall stand on one line. */
  private static double ink(Marker marker) {
    TextLayout text = new TextLayout(label(marker), SMALL, Fonts.CONTEXT);
    return text.getOutline(null).getBounds2D().getHeight();
  }

  private static BasicStroke dashed() {
    return new BasicStroke(
        1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 4, new float[] {3, 3}, 0);
  }
}
