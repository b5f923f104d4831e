package unroll.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/**
 * Paints a {@link TreeDrawing}: leaves side by side, each node above the middle of its children.
 */
final class TreePainting implements Drawing {
  private static final int TOP = 64;
  private static final int MARGIN = 24;
  private static final int LEVEL = 56;
  private static final int BOX_HEIGHT = 28;
  private static final int GAP = 14;
  private static final int POINT = 5;
  private static final int LEAST_WIDTH = 320;
  private static final Font LABEL = Fonts.plain(12.5f);

  private final TreeDrawing tree;
  private final int[] depths;
  private final double[] middles;
  private final double width;
  private final int deepest;

  TreePainting(TreeDrawing tree) {
    this.tree = tree;
    int count = tree.labels().size();
    depths = new int[count];
    middles = new double[count];
    int most = 0;
    for (int i = count - 2; i >= 0; i--) {
      depths[i] = depths[tree.parent(i)] + 1;
      most = Math.max(most, depths[i]);
    }
    deepest = most;
    width = layOut();
  }

  /** Places the nodes from left to right, and says where the last one ends. */
  private double layOut() {
    double[] ends = new double[deepest + 1]; // where the next node of a level may begin
    double end = MARGIN;
    double leaves = MARGIN;
    for (int i = 0; i < middles.length; i++) {
      List<Integer> below = tree.children(i);
      double half = boxWidth(i) / 2;
      if (below.isEmpty()) {
        middles[i] = Math.max(leaves, ends[depths[i]]) + half;
      } else {
        double middle = (middles[below.get(0)] + middles[below.get(below.size() - 1)]) / 2;
        middles[i] = Math.max(middle, Math.max(MARGIN, ends[depths[i]]) + half);
      }
      ends[depths[i]] = middles[i] + half + GAP;
      leaves = Math.max(leaves, below.isEmpty() ? middles[i] + half + GAP : leaves);
      end = Math.max(end, middles[i] + half);
    }
    return end + MARGIN;
  }

  double boxWidth(int node) {
    String label = tree.labels().get(node);
    return label.isEmpty() ? 2 * POINT : Pen.width(label, LABEL) + 20;
  }

  @Override
  public int width() {
    return (int) Math.ceil(Math.max(width, LEAST_WIDTH));
  }

  @Override
  public int height() {
    return TOP + deepest * LEVEL + BOX_HEIGHT + MARGIN;
  }

  @Override
  public void paint(Graphics2D g) {
    Pen pen = new Pen(g);
    pen.card(width(), height(), tree.title());
    for (int i = 0; i < middles.length - 1; i++) {
      int parent = tree.parent(i);
      pen.line(x(parent), y(parent) + below(parent), x(i), y(i) - below(i), Palette.AXIS, 1.4);
    }
    for (int i = 0; i < middles.length; i++) {
      paintNode(pen, i);
    }
  }

  /** The middle of a node. */
  double x(int node) {
    return middles[node] + Math.max(0, LEAST_WIDTH - width) / 2;
  }

  /** The middle of a node; the same for all of a level. */
  double y(int node) {
    return TOP + depths[node] * LEVEL + BOX_HEIGHT / 2.0;
  }

  private int below(int node) {
    return tree.labels().get(node).isEmpty() ? POINT : BOX_HEIGHT / 2;
  }

  private void paintNode(Pen pen, int node) {
    String label = tree.labels().get(node);
    Color colour = Palette.line(0);
    if (label.isEmpty()) {
      pen.fill(
          new Ellipse2D.Double(x(node) - POINT, y(node) - POINT, 2.0 * POINT, 2.0 * POINT), colour);
      return;
    }
    double wide = boxWidth(node);
    RoundRectangle2D box =
        new RoundRectangle2D.Double(
            x(node) - wide / 2, y(node) - BOX_HEIGHT / 2.0, wide, BOX_HEIGHT, 12, 12);
    pen.fill(box, Palette.tint(colour));
    pen.stroke(box, colour, 1.4);
    pen.text(label, x(node), y(node) + 4.5, LABEL, Palette.INK, Pen.Align.CENTRE);
  }
}
