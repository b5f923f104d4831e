package unroll.data;

import java.util.List;
import java.util.Locale;

/** Finds the name that was probably meant. */
final class Names {
  private Names() {}

  /** The name that takes the fewest changes to reach, or empty where all are far off. */
  static String nearest(String wanted, List<String> names) {
    String best = "";
    int least = Math.max(2, wanted.length() / 2) + 1;
    for (String name : names) {
      int changes = distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (changes < least) {
        least = changes;
        best = name;
      }
    }
    return best;
  }

  /** The edit distance of Levenshtein (1966). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
