package unroll.plot;

import java.awt.Color;
import java.awt.image.IndexColorModel;

/**
 * A map from [0, 1] to colours, perceptually uniform: its lightness is a straight line (or, where
 * it diverges, two) in the Oklab colour space of Björn Ottosson (2020).
 */
final class ColourMap {
  /** Dark indigo, teal, light yellow: for quantities from nothing to all, such as gates. */
  static final ColourMap SEQUENTIAL = new ColourMap(ColourMap::sequential);

  /** Blue, near white, vermilion: for quantities with a sign, such as cell states. */
  static final ColourMap DIVERGING = new ColourMap(ColourMap::diverging);

  private static final int LEVELS = 255;

  /** The index that stands for a missing value. */
  private static final int MISSING = LEVELS;

  private final int[] rgb = new int[LEVELS + 1];

  private interface Path {
    int colour(double position);
  }

  private ColourMap(Path path) {
    for (int i = 0; i < LEVELS; i++) {
      rgb[i] = path.colour((double) i / (LEVELS - 1));
    }
    rgb[MISSING] = Palette.MISSING.getRGB();
  }

  /** The index of a position; positions outside [0, 1] are clamped, NaN is the missing value. */
  int index(double position) {
    if (Double.isNaN(position)) {
      return MISSING;
    }
    return (int) Math.round(Math.max(0, Math.min(1, position)) * (LEVELS - 1));
  }

  Color colour(double position) {
    return new Color(rgb[index(position)]);
  }

  /** The palette of an image whose pixels are {@link #index indices}. */
  IndexColorModel model() {
    return new IndexColorModel(
        8, rgb.length, rgb, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE);
  }

  private static int sequential(double t) {
    double hue = 290 - 185 * t;
    double chroma = 0.075 + 0.085 * StrictMath.sin(StrictMath.PI * (0.15 + 0.75 * t));
    return oklch(0.27 + 0.68 * t, chroma, hue);
  }

  private static int diverging(double t) {
    double side = 2 * t - 1;
    double strength = Math.abs(side);
    return oklch(0.97 - 0.52 * strength, 0.005 + 0.155 * strength, side < 0 ? 250 : 40);
  }

  /** sRGB of a lightness, chroma and hue (degrees); chroma is lowered until sRGB can show it. */
  private static int oklch(double lightness, double chroma, double hue) {
    double c = chroma;
    double[] linear = linear(lightness, c, hue);
    while (c > 0 && !shown(linear)) {
      c -= 0.002;
      linear = linear(lightness, Math.max(0, c), hue);
    }
    return 0xFF000000 | channel(linear[0]) << 16 | channel(linear[1]) << 8 | channel(linear[2]);
  }

  private static double[] linear(double lightness, double chroma, double hue) {
    double a = chroma * StrictMath.cos(StrictMath.toRadians(hue));
    double b = chroma * StrictMath.sin(StrictMath.toRadians(hue));
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new double[] {
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    };
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static boolean shown(double[] linear) {
    for (double x : linear) {
      if (x < -1e-4 || x > 1.0001) {
        return false;
      }
    }
    return true;
  }

  private static int channel(double linear) {
    double x = Math.max(0, Math.min(1, linear));
    double s = x <= 0.0031308 ? 12.92 * x : 1.055 * StrictMath.pow(x, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * s);
  }
}
