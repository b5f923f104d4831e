package unroll.plot;

import java.awt.Font;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the labels under a heat map are laid out: all of them level where they fit; else words slant,
 * and dates (or very many words) are thinned.
 *
 * @param stride every how many columns a label stands
 * @param slanted true where labels rise at 45°
 * @param height the room that they take
 */
record ColumnLabels(int stride, boolean slanted, double height) {
  private static final Pattern DATE = Pattern.compile("-?\\d{4}(-\\d\\d){0,2}|\\d+");
  private static final Pattern FIRST = Pattern.compile("\\d{4}-\\d\\d-01");
  private static final int[] STRIDES = {1, 2, 3, 4, 6, 12, 24, 60, 120, 240};
  private static final double LONGEST = 90;

  static ColumnLabels of(List<String> labels, double cellWidth, Font font) {
    double widest = 0;
    boolean dates = true;
    for (String label : labels) {
      widest = Math.max(widest, Math.min(LONGEST, Pen.width(label, font)));
      dates &= DATE.matcher(label).matches();
    }
    if (widest + 6 <= cellWidth || labels.size() == 1) {
      return new ColumnLabels(1, false, 20);
    }
    if (dates) {
      return new ColumnLabels(stride((widest + 14) / cellWidth), false, 20);
    }
    return new ColumnLabels(stride(13 / cellWidth), true, 14 + widest * 0.71);
  }

  /** Dates that are all the first of a month without their day; other labels as they are. */
  static List<String> brief(List<String> labels) {
    boolean months = labels.stream().allMatch(label -> FIRST.matcher(label).matches());
    return months ? labels.stream().map(label -> label.substring(0, 7)).toList() : labels;
  }

  private static int stride(double least) {
    for (int stride : STRIDES) {
      if (stride >= least) {
        return stride;
      }
    }
    return (int) Math.ceil(least);
  }

  String fitted(String label, Font font) {
    return Pen.fit(label, font, LONGEST);
  }
}
