package unroll.plot;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.function.DoubleSupplier;

/** The font of all figures, and a clear word where the machine has none. */
final class Fonts {
  /** The same metrics on every canvas: smooth, and not rounded to pixels. */
  static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  private Fonts() {}

  static Font plain(float size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(size);
  }

  static Font bold(float size) {
    return new Font(Font.SANS_SERIF, Font.BOLD, 1).deriveFont(size);
  }

  /**
   * Checks that text can be drawn.
   *
   * @throws IllegalStateException where Java finds no font; names what to install
   */
  static void require() {
    require(() -> plain(12).getStringBounds("x", CONTEXT).getWidth());
  }

  /** Checks that measuring a letter works and gives a width; Java fails in many ways here. */
  static void require(DoubleSupplier measure) {
    double width;
    try {
      width = measure.getAsDouble();
    } catch (RuntimeException | InternalError | LinkageError error) {
      throw missing(error);
    }
    if (!(width > 0)) {
      throw missing(null);
    }
  }

  private static IllegalStateException missing(Throwable cause) {
    return new IllegalStateException(
        "Figure: Java finds no font to write with on this machine. Install fontconfig and a font,"
            + " then start again: apt-get install fontconfig fonts-dejavu-core (Debian, Ubuntu),"
            + " dnf install fontconfig dejavu-sans-fonts (Fedora),"
            + " apk add fontconfig font-dejavu (Alpine)."
            + " Figure.text(columns) needs none.",
        cause);
  }
}
