package unroll.data;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * How far the dates of a series lie apart. The most common distance decides which it is; then every
 * step has to keep to it.
 */
enum Spacing {
  /** Days or business days: at most a week from one to the next, for holidays. */
  DAILY("daily", 1, 4),
  /** Exactly seven days. */
  WEEKLY("weekly", 7, 7),
  /** One date in each month. */
  MONTHLY("monthly", 28, 31),
  /** One date in every third month. */
  QUARTERLY("quarterly", 89, 92),
  /** One date in each year. */
  YEARLY("yearly", 365, 366);

  private static final int LONGEST_HOLIDAY = 7;

  private final String words;
  private final int least;
  private final int most;

  Spacing(String words, int least, int most) {
    this.words = words;
    this.least = least;
    this.most = most;
  }

  /**
   * The spacing whose distances hold the median of those between the dates; null where none does.
   */
  static Spacing of(LocalDate[] dates) {
    long[] gaps = new long[dates.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = ChronoUnit.DAYS.between(dates[i], dates[i + 1]);
    }
    Arrays.sort(gaps);
    long median = gaps[gaps.length / 2];
    for (Spacing spacing : values()) {
      if (median >= spacing.least && median <= spacing.most) {
        return spacing;
      }
    }
    return null;
  }

  /** True where {@code next} is the date that follows {@code date}. */
  boolean follows(LocalDate date, LocalDate next) {
    long days = ChronoUnit.DAYS.between(date, next);
    return switch (this) {
      case DAILY -> days <= LONGEST_HOLIDAY;
      case WEEKLY -> days == 7;
      case MONTHLY -> months(date, next) == 1;
      case QUARTERLY -> months(date, next) == 3;
      case YEARLY -> next.getYear() - date.getYear() == 1;
    };
  }

  /** The date or month that is looked for after a date. */
  String expectedAfter(LocalDate date) {
    return switch (this) {
      case DAILY -> "a date at most " + LONGEST_HOLIDAY + " days later";
      case WEEKLY -> date.plusDays(7).toString();
      case MONTHLY -> date.plusMonths(1).toString().substring(0, 7);
      case QUARTERLY -> date.plusMonths(3).toString().substring(0, 7);
      case YEARLY -> String.valueOf(date.getYear() + 1);
    };
  }

  private static long months(LocalDate from, LocalDate to) {
    return (to.getYear() - from.getYear()) * 12L + to.getMonthValue() - from.getMonthValue();
  }

  @Override
  public String toString() {
    return words;
  }
}
