package unroll.kernel.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** The right name for a mistyped one. */
final class Nearest {

  private Nearest() {}

  /** The verbs and options that a command knows. */
  static Set<String> names(CommandLine command) {
    Set<String> names = new LinkedHashSet<>(command.getSubcommands().keySet());
    command.getCommandSpec().options().forEach(option -> names.addAll(Set.of(option.names())));
    return names;
  }

  /** The name that takes the fewest typing errors to become the typed one, if those are few. */
  static Optional<String> of(String typed, Collection<String> names) {
    String word = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
    int most = Math.max(1, word.replace("-", "").length() / 2);
    return names.stream()
        .filter(name -> distance(word, name) <= most)
        .min(Comparator.comparingInt((String name) -> distance(word, name)).thenComparing(n -> n));
  }

  /** Letters inserted, left out, changed, or swapped with the next (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
