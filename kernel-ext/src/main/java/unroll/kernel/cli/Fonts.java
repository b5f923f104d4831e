package unroll.kernel.cli;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** Charts measure their texts, for which Java needs fontconfig and at least one font. */
final class Fonts {

  private static final String[][] MENDS = {
    {"apt-get", "apt-get install fontconfig libfreetype6 fonts-dejavu-core"},
    {"dnf", "dnf install fontconfig freetype dejavu-sans-fonts"},
    {"apk", "apk add fontconfig freetype ttf-dejavu"},
  };

  private Fonts() {}

  /** The width of a word in this Java's sans serif. */
  static double width() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, 12)
        .getStringBounds("loss", new FontRenderContext(null, true, true))
        .getWidth();
  }

  /**
   * Looks whether text can be measured.
   *
   * @param width measures it, or throws
   * @param hasProgram whether there is a program of that name
   */
  static Finding finding(DoubleSupplier width, Predicate<String> hasProgram) {
    try {
      return width.getAsDouble() > 0
          ? Finding.there("fonts", "Java can measure text without a display")
          : missing("Java finds no font it can measure", hasProgram);
    } catch (RuntimeException | LinkageError e) {
      return missing("Java cannot load fonts: " + e, hasProgram);
    }
  }

  private static Finding missing(String found, Predicate<String> hasProgram) {
    for (String[] mend : MENDS) {
      if (hasProgram.test(mend[0])) {
        return Finding.broken("fonts", found, mend[1]);
      }
    }
    return Finding.broken(
        "fonts", found, "install fontconfig, freetype and a font such as DejaVu Sans");
  }
}
