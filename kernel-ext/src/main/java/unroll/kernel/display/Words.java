package unroll.kernel.display;

import java.util.List;

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
}
