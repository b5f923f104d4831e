package unroll.plot;

import java.util.List;

/** The range of a {@link LineChart}: what its axes span, with a little air above and below. */
record Frame(double left, double right, double bottom, double top, boolean logarithmic) {

  static Frame of(List<Line> lines, List<Marker> markers, boolean logarithmic) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      for (int i = 0; i < line.size(); i++) {
        left = Math.min(left, line.x(i));
        right = Math.max(right, line.x(i));
        if (line.shown(i)) {
          double y = logarithmic ? Math.log10(line.y(i)) : line.y(i);
          low = Math.min(low, y);
          high = Math.max(high, y);
        }
      }
    }
    for (Marker marker : markers) {
      left = Math.min(left, marker.x());
      right = Math.max(right, marker.x());
    }
    if (left == right) {
      double room = Math.max(1, 1e-9 * Math.abs(left));
      left -= room;
      right += room;
    }
    if (low > high) { // not one finite value
      low = logarithmic ? -1 : 0;
      high = 1;
    }
    double size = Math.max(Math.abs(low), Math.abs(high));
    double air = 0.06 * (high - low);
    if (high - low <= 1e-12 * size || size < 1e-290) { // as good as constant
      air = size < 1e-290 || logarithmic ? 1 : 0.1 * size;
    }
    return new Frame(left, right, low - air, high + air, logarithmic);
  }

  /**
   * The frame with a little more air, not the same at both ends: where an end is as far from a
   * point as the points from each other, XChart ticks the points and not round numbers.
   */
  Frame widened() {
    double width = right - left;
    double height = top - bottom;
    return new Frame(
        left - 0.009 * width,
        right + 0.010 * width,
        bottom - 0.002 * height,
        top + 0.003 * height,
        logarithmic);
  }

  /** 0 at the left end, 1 at the right. */
  double across(double x) {
    return (x - left) / (right - left);
  }

  /** 0 at the bottom, 1 at the top. */
  double up(double y) {
    double value = logarithmic ? Math.log10(y) : y;
    return (value - bottom) / (top - bottom);
  }

  /** The value at a height, 0 at the bottom and 1 at the top. */
  double value(double up) {
    double value = bottom + up * (top - bottom);
    return logarithmic ? Math.pow(10, value) : value;
  }

  Ticks yTicks(int most) {
    return logarithmic ? Ticks.powers(bottom, top, most) : Ticks.numbers(bottom, top, most, false);
  }
}
