package unroll.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** Drawings as SVG and PNG; a drawing is made only once fonts are known to be there. */
final class Rendering {
  /** Pixels of a PNG for one of the page, so that it stays sharp on a dense screen. */
  private static final int DENSITY = 2;

  private Rendering() {}

  static String svg(Supplier<Drawing> figure, String title, String description) {
    Fonts.require();
    Drawing drawing = figure.get();
    String raw = raw(drawing);
    return SvgText.tidy(raw, drawing.width(), drawing.height(), title, description);
  }

  private static String raw(Drawing drawing) {
    VectorGraphics2D g = new VectorGraphics2D();
    drawing.paint(g);
    PageSize page = new PageSize(0, 0, drawing.width(), drawing.height());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new SVGProcessor().getDocument(g.getCommands(), page).writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static byte[] png(Supplier<Drawing> figure) {
    Fonts.require();
    Drawing drawing = figure.get();
    BufferedImage image =
        new BufferedImage(
            DENSITY * drawing.width(), DENSITY * drawing.height(), BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.scale(DENSITY, DENSITY);
      drawing.paint(g);
    } finally {
      g.dispose();
    }
    return encode(image);
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("Figure.png: this Java has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
