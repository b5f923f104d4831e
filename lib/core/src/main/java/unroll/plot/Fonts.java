package unroll.plot;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.function.Supplier;

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
   * Runs something that draws text.
   *
   * @throws IllegalStateException where Java finds no font; names what to install
   */
  static <T> T needed(Supplier<T> drawing) {
    try {
      require(() -> plain(12).getStringBounds("x", CONTEXT).getWidth());
      return drawing.get();
    } catch (NoClassDefFoundError | ExceptionInInitializerError error) {
      throw missing(error);
    }
  }

  /** Checks that measuring a letter works and gives a width. */
  static void require(Supplier<Double> measure) {
    try {
      if (measure.get() <= 0) {
        throw missing(null);
      }
    } catch (NullPointerException | InternalError | LinkageError error) {
      throw missing(error);
    } catch (RuntimeException error) {
      if (error instanceof IllegalStateException) {
        throw error;
      }
      throw missing(error);
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
