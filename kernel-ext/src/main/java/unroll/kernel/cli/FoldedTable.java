package unroll.kernel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text made as narrow as a terminal: the widest columns give way, and what does not fit
 * into its cell goes on in the line below. Columns are where the heading has two spaces.
 */
final class FoldedTable {
  private static final int NARROWEST = 12;
  private static final String GAP = "  ";

  private FoldedTable() {}

  /**
   * @param text lines, the first of them the heading
   * @param columns the width; no line is longer
   */
  static String fold(String text, int columns) {
    var lines = text.lines().toList();
    if (lines.stream().allMatch(line -> line.length() <= columns)) {
      return text;
    }
    var starts = starts(lines.get(0));
    var widths = widths(lines, starts, columns);
    return lines.stream()
        .flatMap(
            line ->
                isRow(line, starts)
                    ? row(cells(line, starts), widths).stream()
                    : wrapped(line, columns).stream())
        .collect(Collectors.joining("\n"));
  }

  private static List<Integer> starts(String heading) {
    var starts = new ArrayList<>(List.of(0));
    for (int i = 2; i < heading.length(); i++) {
      if (heading.startsWith(GAP, i - 2) && heading.charAt(i) != ' ') {
        starts.add(i);
      }
    }
    return starts;
  }

  private static boolean isRow(String line, List<Integer> starts) {
    return starts.stream()
        .allMatch(s -> s == 0 || line.length() < s || line.startsWith(GAP, s - 2));
  }

  private static List<String> cells(String line, List<Integer> starts) {
    var cells = new ArrayList<String>();
    for (int c = 0; c < starts.size(); c++) {
      int end = c + 1 < starts.size() ? starts.get(c + 1) : line.length();
      int from = Math.min(starts.get(c), line.length());
      cells.add(line.substring(from, Math.max(from, Math.min(end, line.length()))).stripTrailing());
    }
    return cells;
  }

  private static int[] widths(List<String> lines, List<Integer> starts, int columns) {
    var widths = new int[starts.size()];
    for (var line : lines) {
      if (isRow(line, starts)) {
        var cells = cells(line, starts);
        for (int c = 0; c < widths.length; c++) {
          widths[c] = Math.max(widths[c], cells.get(c).length());
        }
      }
    }
    int room = columns - GAP.length() * (widths.length - 1);
    while (IntStream.of(widths).sum() > room) {
      int widest = 0;
      for (int c = 1; c < widths.length; c++) {
        widest = widths[c] >= widths[widest] ? c : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static List<String> row(List<String> cells, int[] widths) {
    var folded = new ArrayList<List<String>>();
    for (int c = 0; c < widths.length; c++) {
      folded.add(wrapped(cells.get(c), Math.max(1, widths[c])));
    }
    int height = folded.stream().mapToInt(List::size).max().orElse(1);
    var lines = new ArrayList<String>();
    for (int i = 0; i < height; i++) {
      var line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        var part = i < folded.get(c).size() ? folded.get(c).get(i) : "";
        line.append(part).append(" ".repeat(Math.max(0, widths[c] - part.length()))).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** The text in lines of a width, broken at spaces where there are some. */
  private static List<String> wrapped(String text, int width) {
    var lines = new ArrayList<String>();
    var rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      boolean atSpace = space > 0 && !rest.substring(0, space).isBlank();
      lines.add(rest.substring(0, atSpace ? space : width).stripTrailing());
      rest = rest.substring(atSpace ? space : width).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
