package unroll.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Draws on a canvas in the style of {@link Palette}; text becomes outlines. */
final class Pen {
  /** Where a text lies from its point. */
  enum Align {
    LEFT,
    CENTRE,
    RIGHT
  }

  private final Graphics2D g;

  Pen(Graphics2D g) {
    this.g = g;
  }

  /** The card behind a figure, and its title. */
  void card(int width, int height, String title) {
    RoundRectangle2D card = new RoundRectangle2D.Double(0.5, 0.5, width - 1, height - 1, 16, 16);
    fill(card, Palette.CARD);
    stroke(card, Palette.CARD_BORDER, 1);
    text(fit(title, Fonts.bold(15), width - 40), 20, 30, Fonts.bold(15), Palette.INK, Align.LEFT);
  }

  void text(String text, double x, double y, Font font, Color colour, Align align) {
    if (text.isBlank()) {
      return;
    }
    double shift =
        switch (align) {
          case LEFT -> 0;
          case CENTRE -> width(text, font) / 2;
          case RIGHT -> width(text, font);
        };
    fill(outline(text, font, AffineTransform.getTranslateInstance(x - shift, y)), colour);
  }

  /** A text that ends at a point, rising to it from the lower left. */
  void slanted(String text, double x, double y, Font font, Color colour) {
    if (text.isBlank()) {
      return;
    }
    AffineTransform at = AffineTransform.getTranslateInstance(x, y);
    at.rotate(-Math.PI / 4);
    at.translate(-width(text, font), 0);
    fill(outline(text, font, at), colour);
  }

  private static Shape outline(String text, Font font, AffineTransform at) {
    return new TextLayout(text, font, Fonts.CONTEXT).getOutline(at);
  }

  static double width(String text, Font font) {
    return text.isEmpty() ? 0 : font.getStringBounds(text, Fonts.CONTEXT).getWidth();
  }

  /** A text cut with an ellipsis where it is wider than allowed. */
  static String fit(String text, Font font, double allowed) {
    if (width(text, font) <= allowed) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", font) > allowed) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  /** A text in lines of whole words that fit; what does not fit into so many lines is cut. */
  static List<String> wrap(String text, Font font, double allowed, int most) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split("\\s", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && lines.size() + 1 < most && width(longer, font) > allowed) {
        lines.add(fit(line, font, allowed));
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(fit(line, font, allowed));
    return lines;
  }

  void line(double x1, double y1, double x2, double y2, Color colour, double width) {
    stroke(new Line2D.Double(x1, y1, x2, y2), colour, width);
  }

  void stroke(Shape shape, Color colour, double width) {
    g.setColor(colour);
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 4));
    g.draw(shape);
  }

  void fill(Shape shape, Color colour) {
    g.setColor(colour);
    g.fill(shape);
  }

  /** An arrow whose tip is at the second point. */
  void arrow(double x1, double y1, double x2, double y2, Color colour) {
    double length = Math.hypot(x2 - x1, y2 - y1);
    double ux = (x2 - x1) / length;
    double uy = (y2 - y1) / length;
    line(x1, y1, x2 - 5 * ux, y2 - 5 * uy, colour, 1.4);
    Path2D head = new Path2D.Double();
    head.moveTo(x2, y2);
    head.lineTo(x2 - 7 * ux - 3.6 * uy, y2 - 7 * uy + 3.6 * ux);
    head.lineTo(x2 - 7 * ux + 3.6 * uy, y2 - 7 * uy - 3.6 * ux);
    head.closePath();
    fill(head, colour);
  }

  Graphics2D canvas() {
    return g;
  }
}
