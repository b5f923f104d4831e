package unroll.kernel.magic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was meant. */
public final class Names {
  private Names() {}

  /** The nearest of the names, if one is near: at most one letter in three is different. */
  public static Optional<String> nearest(String typed, Collection<String> names) {
    var wanted = typed.toLowerCase(Locale.ROOT);
    return names.stream()
        .min(
            Comparator.comparingInt((String n) -> distance(wanted, n.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .filter(
            n ->
                distance(wanted, n.toLowerCase(Locale.ROOT))
                    <= 1 + Math.max(wanted.length(), n.length()) / 3);
  }

  /** Letters to insert, remove, replace or swap with a neighbour (optimal string alignment). */
  static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
