package unroll.bench.convergence;

import java.util.ArrayList;
import java.util.List;
import unroll.tensor.Generator;

/**
 * Strings of the embedded Reber grammar (Fahlman 1991; the grammar inside: Reber 1967).
 *
 * <pre>
 * embedded  B T inner T E  or  B P inner P E, equally likely
 * inner     a walk from state 0 to the end; where two ways lead on, both are equally likely:
 *   0: B to 1
 *   1: T to 2, P to 3
 *   2: S to 2, X to 4
 *   3: T to 3, V to 5
 *   4: X to 3, S to 6
 *   5: P to 4, V to 6
 *   6: E, the end
 * </pre>
 *
 * <p>The last symbol but one is the second: it has to be remembered over the whole inner walk.
 */
final class Reber {

  static final String SYMBOLS = "BTPSXVE";

  private static final String[] LETTERS = {"B", "TP", "SX", "TV", "XS", "PV", "E"};
  private static final int[][] NEXT = {{1}, {2, 3}, {2, 4}, {3, 5}, {3, 6}, {4, 6}, {7}};
  private static final int END = 7;

  private Reber() {}

  /**
   * A string.
   *
   * @param text its symbols
   * @param legal for each symbol but the first, those that may stand in its place
   */
  record Text(String text, List<String> legal) {}

  static Text draw(Generator generator) {
    StringBuilder text = new StringBuilder("B");
    List<String> legal = new ArrayList<>();
    char outer = "TP".charAt(generator.nextInt(2));
    text.append(outer);
    legal.add("TP");
    int state = 0;
    while (state != END) {
      String letters = LETTERS[state];
      int choice = letters.length() == 1 ? 0 : generator.nextInt(2);
      text.append(letters.charAt(choice));
      legal.add(letters);
      state = NEXT[state][choice];
    }
    text.append(outer).append('E');
    legal.add(String.valueOf(outer));
    legal.add("E");
    return new Text(text.toString(), List.copyOf(legal));
  }
}
