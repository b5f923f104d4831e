package unroll.plot;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * An axis in units of its ticks: the first tick lies at 0, the next at 1. XChart ticks whole
 * numbers there, which are exactly the years, months or decimals wanted, and never meets a number
 * that is too large or too small for it.
 *
 * @param low the lower end of the axis, before it is put in units
 * @param high the upper end
 * @param at where the ticks are, ascending, about evenly spaced
 * @param labels what is written at them
 */
record TickScale(double low, double high, double[] at, List<String> labels) {

  /** An axis whose ticks lie at {@code form} of their positions. */
  static TickScale of(double low, double high, Ticks ticks, DoubleUnaryOperator form) {
    return new TickScale(
        low,
        high,
        ticks.ticks().stream().mapToDouble(Ticks.Tick::position).map(form).toArray(),
        ticks.ticks().stream().map(Ticks.Tick::label).toList());
  }

  /** A position in units; linear between two ticks and beyond the outer ones. */
  double of(double position) {
    if (at.length < 2) {
      return (position - (at.length == 0 ? low : at[0])) / (high - low);
    }
    int i = 0;
    while (i < at.length - 2 && position >= at[i + 1]) {
      i++;
    }
    return i + (position - at[i]) / (at[i + 1] - at[i]);
  }

  double start() {
    return of(low);
  }

  double end() {
    return of(high);
  }

  /** What is written at a position in units: nothing between the ticks. */
  String label(double unit) {
    if (unit == start() || unit == end()) { // not drawn, but XChart wants the ends to differ
      return String.format(Locale.ROOT, "%.6f", unit);
    }
    long tick = Math.round(unit);
    return tick >= 0 && tick < labels.size() && Math.abs(unit - tick) < 1e-6
        ? labels.get((int) tick)
        : "";
  }

  /** The least distance of ticks for which XChart steps by one, on an axis of some pixels. */
  int spacing(double pixels) {
    return (int) Math.min(0.8 * pixels, pixels / (end() - start()));
  }
}
