package unroll.plot;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round positions on an axis, and how to write them. */
record Ticks(List<Tick> ticks) {
  record Tick(double position, String label) {}

  /** Ticks at multiples of 1, 2, 2.5 or 5 times a power of ten, about {@code most} of them. */
  static Ticks numbers(double low, double high, int most, boolean integers) {
    double middle = low + (high - low) / 2;
    if (!(high - low > 1e-12 * Math.abs(middle)) || high - low < 1e-290) {
      return new Ticks(List.of(new Tick(middle, Numbers.brief(middle))));
    }
    double step = step((high - low) / Math.max(1, most), integers);
    List<Tick> ticks = new ArrayList<>();
    long first = (long) Math.ceil(low / step - 1e-9);
    for (long i = first; i * step <= high + 1e-9 * step; i++) {
      ticks.add(new Tick(i * step, label(i * step, step)));
    }
    return new Ticks(List.copyOf(ticks));
  }

  /**
   * Ticks of a logarithmic axis: powers of ten, with 2 and 5 between where there are few.
   *
   * @param low the decimal logarithm of the lower end
   * @param high that of the upper end
   */
  static Ticks powers(double low, double high, int most) {
    int stride = Math.max(1, (int) Math.ceil((high - low) / Math.max(1, most)));
    double[] within = high - low <= 2 ? new double[] {1, 2, 5} : new double[] {1};
    List<Tick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(low); power <= high; power += stride) {
      for (double factor : within) {
        double value = Double.parseDouble(factor + "e" + power);
        double at = Math.log10(value);
        if (at >= low - 1e-9 && at <= high + 1e-9) {
          ticks.add(new Tick(value, label(value, value)));
        }
      }
    }
    return new Ticks(List.copyOf(ticks));
  }

  /** Ticks at the start of days, months or years; positions are days since 1970-01-01. */
  static Ticks dates(double low, double high, int most) {
    for (Calendar calendar : Calendar.values()) {
      List<Tick> ticks = calendar.between(low, high, most);
      if (ticks.size() <= Math.max(1, most)) {
        return new Ticks(List.copyOf(ticks));
      }
    }
    throw new IllegalArgumentException("Ticks.dates: a span from " + low + " to " + high);
  }

  private enum Calendar {
    DAY(ChronoUnit.DAYS, 1),
    WEEK(ChronoUnit.DAYS, 7),
    MONTH(ChronoUnit.MONTHS, 1),
    QUARTER(ChronoUnit.MONTHS, 3),
    HALF(ChronoUnit.MONTHS, 6),
    YEAR(ChronoUnit.YEARS, 1),
    TWO_YEARS(ChronoUnit.YEARS, 2),
    FIVE_YEARS(ChronoUnit.YEARS, 5),
    DECADE(ChronoUnit.YEARS, 10),
    TWO_DECADES(ChronoUnit.YEARS, 20),
    HALF_CENTURY(ChronoUnit.YEARS, 50),
    CENTURY(ChronoUnit.YEARS, 100),
    MILLENNIUM(ChronoUnit.YEARS, 1000),
    AGE(ChronoUnit.YEARS, 1_000_000);

    private final ChronoUnit unit;
    private final int step;

    Calendar(ChronoUnit unit, int step) {
      this.unit = unit;
      this.step = step;
    }

    /** The ticks inside the span; stops one past {@code most}. */
    List<Tick> between(double low, double high, int most) {
      LocalDate date = floor(LocalDate.ofEpochDay((long) Math.floor(low)));
      List<Tick> ticks = new ArrayList<>();
      while (date.toEpochDay() <= high && ticks.size() <= most) {
        if (date.toEpochDay() >= low) {
          String iso = date.toString();
          int length = unit == ChronoUnit.DAYS ? 0 : unit == ChronoUnit.MONTHS ? 3 : 6;
          ticks.add(new Tick(date.toEpochDay(), iso.substring(0, iso.length() - length)));
        }
        date = date.plus(step, unit);
      }
      return ticks;
    }

    private LocalDate floor(LocalDate date) {
      return switch (unit) {
        case DAYS -> step == 1 ? date : date.minusDays(date.getDayOfWeek().getValue() - 1L);
        case MONTHS ->
            LocalDate.of(date.getYear(), (date.getMonthValue() - 1) / step * step + 1, 1);
        default -> LocalDate.of(Math.floorDiv(date.getYear(), step) * step, 1, 1);
      };
    }
  }

  /** The smallest of 1, 2, 2.5, 5 times a power of ten that is not less than {@code least}. */
  private static double step(double least, boolean integers) {
    double floor = integers ? Math.max(1, least) : least;
    int power = (int) Math.floor(Math.log10(floor));
    for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
      double step = Double.parseDouble(factor + "e" + power);
      if (step >= floor * (1 - 1e-9) && (!integers || step == Math.rint(step))) {
        return step;
      }
    }
    return Double.parseDouble("1e" + (power + 1));
  }

  /** The smallest of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that holds a value. */
  static double roundUp(double value) {
    int power = (int) Math.floor(Math.log10(value));
    for (double factor : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
      double limit = Double.parseDouble(factor + "e" + power);
      if (limit >= value) {
        return limit;
      }
    }
    return Double.parseDouble("1e" + (power + 1));
  }

  /** A number with the decimals that its step needs. */
  private static String label(double value, double step) {
    double size = Math.max(Math.abs(value), step);
    if (size >= 1e7 || step < 1e-4) {
      return value == 0 ? "0" : Numbers.scientific(value);
    }
    int decimals = Math.max(0, BigDecimal.valueOf(step).stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "%,." + decimals + "f", value == 0 ? 0.0 : value);
  }
}
