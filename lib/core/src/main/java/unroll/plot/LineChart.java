package unroll.plot;

import java.awt.Color;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One or more series as lines, over numbers (epochs, steps) or over dates. Each method gives a new
 * chart:
 *
 * <pre>{@code
 * LineChart.of("Losses", "epoch", "mean squared error")
 *     .line("train", train).line("validation", validation)
 *     .marker(35, "best epoch 35").logarithmic()
 * }</pre>
 *
 * Values that are not finite (or beyond 1e300) leave a gap.
 */
public final class LineChart implements Figure {
  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final List<Line> lines;
  private final List<Marker> markers;
  private final boolean dates;
  private final boolean logarithmic;
  private final String words;
  private final String note;

  private LineChart(
      String title,
      String xTitle,
      String yTitle,
      List<Line> lines,
      List<Marker> markers,
      boolean dates,
      boolean logarithmic,
      String words,
      String note) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.lines = List.copyOf(lines);
    this.markers = List.copyOf(markers);
    this.dates = dates;
    this.logarithmic = logarithmic;
    this.words = words;
    this.note = note;
  }

  /**
   * A chart without lines yet.
   *
   * @param title drawn above
   * @param xTitle what the horizontal axis shows, with its unit; may be empty
   * @param yTitle what the vertical axis shows, with its unit; may be empty
   */
  public static LineChart of(String title, String xTitle, String yTitle) {
    return new LineChart(title, xTitle, yTitle, List.of(), List.of(), false, false, "", "");
  }

  /** Adds a line through values at 1, 2, 3, …, such as the losses of epochs. */
  public LineChart line(String name, double[] y) {
    return line(name, upTo(y.length), y);
  }

  /** Adds a line through the points (x[i], y[i]). */
  public LineChart line(String name, double[] x, double[] y) {
    return add(new Line(name, x, y, false), false);
  }

  /** Adds a line through values at dates. */
  public LineChart line(String name, List<LocalDate> dates, double[] y) {
    return add(new Line(name, days(dates), y, false), true);
  }

  /** Adds a baseline, thin and grey, at 1, 2, 3, …. */
  public LineChart reference(String name, double[] y) {
    return add(new Line(name, upTo(y.length), y, true), false);
  }

  /** Adds a baseline, thin and grey, through the points (x[i], y[i]). */
  public LineChart reference(String name, double[] x, double[] y) {
    return add(new Line(name, x, y, true), false);
  }

  /** Adds a baseline, thin and grey, at dates. */
  public LineChart reference(String name, List<LocalDate> dates, double[] y) {
    return add(new Line(name, days(dates), y, true), true);
  }

  /** Adds a vertical line with a label, such as the best epoch. */
  public LineChart marker(double x, String label) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("LineChart.marker: x must be finite, got " + x);
    }
    return add(new Marker(x, label), false);
  }

  /** Adds a vertical line with a label at a date, such as the start of the test years. */
  public LineChart marker(LocalDate date, String label) {
    return add(new Marker(date.toEpochDay(), label), true);
  }

  /**
   * The same chart with a logarithmic vertical axis.
   *
   * @throws IllegalArgumentException where a value is zero or less
   */
  public LineChart logarithmic() {
    lines.forEach(LineChart::checkPositive);
    return new LineChart(title, xTitle, yTitle, lines, markers, dates, true, words, note);
  }

  /** The same chart with a description of its own instead of the one made from its lines. */
  public LineChart describedAs(String description) {
    return new LineChart(
        title, xTitle, yTitle, lines, markers, dates, logarithmic, description, note);
  }

  /** The same chart with small print below it, such as how the training went. */
  public LineChart note(String text) {
    return new LineChart(title, xTitle, yTitle, lines, markers, dates, logarithmic, words, text);
  }

  private LineChart add(Line line, boolean withDates) {
    checkAxis(withDates, "series \"" + line.name() + "\"");
    if (lines.stream().anyMatch(other -> other.name().equals(line.name()))) {
      throw new IllegalArgumentException(
          "LineChart: there is a series \"" + line.name() + "\" already; give this another name");
    }
    if (logarithmic) {
      checkPositive(line);
    }
    List<Line> more = new ArrayList<>(lines);
    more.add(line);
    return new LineChart(title, xTitle, yTitle, more, markers, withDates, logarithmic, words, note);
  }

  private LineChart add(Marker marker, boolean withDates) {
    checkAxis(withDates, "marker \"" + marker.label() + "\"");
    List<Marker> more = new ArrayList<>(markers);
    more.add(marker);
    return new LineChart(title, xTitle, yTitle, lines, more, withDates, logarithmic, words, note);
  }

  private void checkAxis(boolean withDates, String what) {
    if (withDates != dates && !(lines.isEmpty() && markers.isEmpty())) {
      throw new IllegalArgumentException(
          "LineChart: %s is over %s, but the chart is over %s; use one kind for all"
              .formatted(what, kind(withDates), kind(dates)));
    }
  }

  private static String kind(boolean dates) {
    return dates ? "dates" : "numbers";
  }

  private static void checkPositive(Line line) {
    for (int i = 0; i < line.size(); i++) {
      if (line.y(i) <= 0) {
        throw new IllegalArgumentException(
            "LineChart.logarithmic: series \"%s\", point %d is %s; a logarithm needs values over 0"
                .formatted(line.name(), i, line.y(i)));
      }
    }
  }

  private static double[] upTo(int count) {
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = i + 1;
    }
    return x;
  }

  private static double[] days(List<LocalDate> dates) {
    return dates.stream().mapToDouble(LocalDate::toEpochDay).toArray();
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String description() {
    if (!words.isEmpty()) {
      return words;
    }
    String axes =
        (yTitle.isEmpty() ? "" : " of " + yTitle)
            + (xTitle.isEmpty() ? "" : " by " + xTitle)
            + (logarithmic ? ", logarithmic scale" : "");
    return lines.stream()
        .map(this::inWords)
        .collect(
            Collectors.joining(
                "; ",
                title + ". Line chart" + axes + ". ",
                note.isEmpty() ? "." : ". " + note + "."));
  }

  private String inWords(Line line) {
    int last = line.size() - 1;
    int lowest = line.lowest();
    String text = line.name() + ": ";
    if (last == 0) {
      return text + Numbers.brief(line.y(0)) + " at " + position(line.x(0));
    }
    text +=
        "%s points from %s at %s to %s at %s"
            .formatted(
                Numbers.count(last + 1),
                Numbers.brief(line.y(0)),
                position(line.x(0)),
                Numbers.brief(line.y(last)),
                position(line.x(last)));
    return lowest < 0 || lowest == last
        ? text
        : text + ", lowest " + Numbers.brief(line.y(lowest)) + " at " + position(line.x(lowest));
  }

  /** A position of the horizontal axis in words. */
  private String position(double x) {
    return dates ? LocalDate.ofEpochDay((long) x).toString() : Numbers.brief(x);
  }

  @Override
  public String svg() {
    return Rendering.svg(() -> new LineChartDrawing(this), title, description());
  }

  @Override
  public byte[] png() {
    return Rendering.png(() -> new LineChartDrawing(this));
  }

  @Override
  public String text(int columns) {
    return LineChartText.of(this, columns);
  }

  String xTitle() {
    return xTitle;
  }

  String yTitle() {
    return yTitle;
  }

  String note() {
    return note;
  }

  List<Line> lines() {
    return lines;
  }

  List<Marker> markers() {
    return markers;
  }

  Frame frame() {
    return Frame.of(lines, markers, logarithmic);
  }

  Ticks xTicks(Frame frame, int most) {
    boolean integers =
        lines.stream()
            .allMatch(
                line ->
                    IntStream.range(0, line.size())
                        .allMatch(i -> line.x(i) == Math.rint(line.x(i))));
    return dates
        ? Ticks.dates(frame.left(), frame.right(), most)
        : Ticks.numbers(frame.left(), frame.right(), most, integers);
  }

  /** The colour of a line: baselines are grey and take none of the others. */
  Color colour(int index) {
    if (lines.get(index).reference()) {
      return Palette.REFERENCE;
    }
    return Palette.line((int) lines.subList(0, index).stream().filter(l -> !l.reference()).count());
  }
}
