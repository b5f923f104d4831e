package unroll.kernel.display;

import java.util.List;
import java.util.Locale;

/** Small things in words. */
public final class Words {
  private Words() {}

  /** {@code a}, {@code a and b}, {@code a, b and c}. */
  public static String list(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** {@code 512 B}, {@code 1.4 kB}, {@code 23 MB}: of 1,000 each. */
  public static String bytes(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  /**
   * A time, given in seconds: {@code 12 µs}, {@code 3.42 ms}, {@code 1.23 s}, {@code 2 min 5 s}.
   */
  public static String seconds(double seconds) {
    if (seconds >= 60) {
      long whole = Math.round(seconds);
      return whole / 60 + " min " + whole % 60 + " s";
    }
    double value = seconds;
    for (var unit : List.of("s", "ms", "µs")) {
      if (value >= 1 || value == 0) {
        return number(value) + " " + unit;
      }
      value *= 1000;
    }
    return number(value) + " ns";
  }

  private static String number(double value) {
    var pattern = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
