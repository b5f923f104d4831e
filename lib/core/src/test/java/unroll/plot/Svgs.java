package unroll.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Looks into SVG documents. */
final class Svgs {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

  private Svgs() {}

  static Element parse(String svg) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError("not well-formed XML", e);
    }
  }

  static List<String> links(String svg) {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(svg);
    while (matcher.find()) {
      links.add(matcher.group(1));
    }
    return links;
  }

  /** The embedded images, in order. */
  static List<BufferedImage> images(String svg) {
    return links(svg).stream().map(Svgs::image).toList();
  }

  private static BufferedImage image(String link) {
    byte[] png = Base64.getDecoder().decode(link.substring(link.indexOf(',') + 1));
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often a paint occurs as the colour of a stroke. */
  static int strokes(String svg, java.awt.Color colour) {
    String hex = String.format("stroke:#%06x", colour.getRGB() & 0xFFFFFF);
    return svg.split(Pattern.quote(hex), -1).length - 1;
  }
}
