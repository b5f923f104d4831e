package unroll.plot;

import java.awt.Color;
import java.util.List;

/**
 * The one visual style of every figure. Line colours are those of Okabe and Ito (2008), which
 * people with a colour vision deficiency can tell apart; their yellow is left out, as it is lost on
 * a light card.
 */
final class Palette {
  /** The card that carries a figure; light, so that it reads in a dark notebook as well. */
  static final Color CARD = new Color(0xFDFDFB);

  static final Color CARD_BORDER = new Color(0xE2E4E2);
  static final Color INK = new Color(0x1F2933);
  static final Color MUTED = new Color(0x5B6773);
  static final Color GRID = new Color(0xE6E9EB);
  static final Color AXIS = new Color(0xA9B2BA);

  /** A value that is not a number. */
  static final Color MISSING = new Color(0xD9DCDE);

  /** A baseline, drawn thin behind the others. */
  static final Color REFERENCE = new Color(0x7B8794);

  private static final List<Color> LINES =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x1F2933));

  private Palette() {}

  /** The colour of line or layer {@code index}; they repeat after seven. */
  static Color line(int index) {
    return LINES.get(index % LINES.size());
  }

  /** All line colours, in order. */
  static Color[] lines() {
    return LINES.toArray(Color[]::new);
  }

  /** A pale tint of a colour, opaque, for the inside of boxes. */
  static Color tint(Color colour) {
    return new Color(pale(colour.getRed()), pale(colour.getGreen()), pale(colour.getBlue()));
  }

  private static int pale(int channel) {
    return 255 - (255 - channel) * 14 / 100;
  }
}
