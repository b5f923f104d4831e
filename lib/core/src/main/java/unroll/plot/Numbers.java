package unroll.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people write them, the same in every locale. */
final class Numbers {
  private Numbers() {}

  /** Up to four significant digits: {@code 0.0123}, {@code 1234}, {@code 1.2e-7}. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e7)) {
      return scientific(value);
    }
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return plain(new BigDecimal(value).round(new MathContext(4)));
  }

  /** {@code 1.25e-7}: up to three significant digits. */
  static String scientific(double value) {
    String[] parts = String.format(Locale.ROOT, "%.2e", value).split("e", 2);
    return plain(new BigDecimal(parts[0])) + "e" + Integer.parseInt(parts[1]);
  }

  /** {@code 4,352}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** {@code 512 B}, {@code 17.6 kB}, {@code 2.1 MB}: powers of a thousand. */
  static String bytes(long value) {
    if (value < 1000) {
      return value + " B";
    }
    double size = value;
    int unit = -1;
    while (size >= 999.95 && unit < 3) {
      size /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, size < 100 ? "%.1f %sB" : "%.0f %sB", size, "kMGT".charAt(unit));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
