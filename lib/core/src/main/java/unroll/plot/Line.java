package unroll.plot;

import java.util.stream.IntStream;

/** One series of a {@link LineChart}: points in the order in which they are joined. */
final class Line {
  /** Beyond this, the length of an axis would overflow. */
  private static final double LARGEST = 1e300;

  private final String name;
  private final double[] x;
  private final double[] y;
  private final boolean reference;

  /**
   * A copy of a series.
   *
   * @param name its name in the legend
   * @param x positions; days since 1970-01-01 where the axis has dates
   * @param y values; NaN, infinities and what is beyond 1e300 leave a gap
   * @param reference true for a baseline, drawn thin and grey
   */
  Line(String name, double[] x, double[] y, boolean reference) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "LineChart: series \"%s\" has %d positions and %d values; they must be as many"
              .formatted(name, x.length, y.length));
    }
    if (y.length == 0) {
      throw new IllegalArgumentException("LineChart: series \"" + name + "\" has no points");
    }
    for (int i = 0; i < x.length; i++) {
      if (!(Math.abs(x[i]) <= LARGEST)) {
        throw new IllegalArgumentException(
            "LineChart: series \"%s\", point %d: the position must be finite, got %s"
                .formatted(name, i, x[i]));
      }
    }
    this.name = name;
    this.x = x.clone();
    this.y = y.clone();
    this.reference = reference;
  }

  String name() {
    return name;
  }

  boolean reference() {
    return reference;
  }

  int size() {
    return y.length;
  }

  double x(int point) {
    return x[point];
  }

  double y(int point) {
    return y[point];
  }

  /** True where the point has a value that can be drawn. */
  boolean shown(int point) {
    return Math.abs(y[point]) <= LARGEST;
  }

  /** True where the point is shown and neither neighbour is, so that no line goes through it. */
  boolean alone(int point) {
    return shown(point)
        && (point == 0 || !shown(point - 1))
        && (point == size() - 1 || !shown(point + 1));
  }

  /**
   * The points that make the picture of the line: of many in one column of pixels, the first, the
   * last and the extremes.
   *
   * @param columns how many columns of pixels the frame is wide
   */
  int[] outline(Frame frame, int columns) {
    IntStream.Builder kept = IntStream.builder();
    int i = 0;
    while (i < size()) {
      int last = i;
      int low = i;
      int high = i;
      double column = Math.floor(frame.across(x[i]) * columns);
      while (shown(i)
          && last + 1 < size()
          && shown(last + 1)
          && Math.floor(frame.across(x[last + 1]) * columns) == column) {
        last++;
        low = y[last] < y[low] ? last : low;
        high = y[last] > y[high] ? last : high;
      }
      IntStream.of(i, Math.min(low, high), Math.max(low, high), last).distinct().forEach(kept);
      i = last + 1;
    }
    return kept.build().toArray();
  }

  /** The index of the least value that is shown, or -1 where there is none. */
  int lowest() {
    int best = -1;
    for (int i = 0; i < y.length; i++) {
      if (shown(i) && (best < 0 || y[i] < y[best])) {
        best = i;
      }
    }
    return best;
  }
}
