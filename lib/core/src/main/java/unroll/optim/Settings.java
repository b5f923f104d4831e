package unroll.optim;

/** Checks what settings have in common. */
final class Settings {

  private Settings() {}

  /** A number from 0 to below 1: how much of a running mean is kept. */
  static void requireBelowOne(String of, String setting, double value) {
    require(value >= 0 && value < 1, of, setting, "must be at least 0 and less than 1", value);
  }

  static void requireNotNegative(String of, String setting, double value) {
    boolean holds = value >= 0 && value < Double.POSITIVE_INFINITY;
    require(holds, of, setting, "must be finite and not negative", value);
  }

  static void requirePositive(String of, String setting, double value) {
    boolean holds = value > 0 && value < Double.POSITIVE_INFINITY;
    require(holds, of, setting, "must be positive and finite", value);
  }

  private static void require(boolean holds, String of, String setting, String rule, double value) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s %s, got %s".formatted(of, setting, rule, value));
    }
  }
}
