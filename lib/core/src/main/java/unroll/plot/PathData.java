package unroll.plot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shortens the data of an SVG path: numbers relative to the point before, in hundredths of a pixel,
 * without spaces that are not needed. About half the size for text drawn as outlines. Rounded
 * positions are what differences are taken of, so that errors do not add up.
 */
final class PathData {
  private static final Pattern TOKEN =
      Pattern.compile("[MLQCZ]|[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");

  private final StringBuilder out = new StringBuilder();
  private long x;
  private long y;
  private long startX;
  private long startY;

  private PathData() {}

  /** The same path, from data with absolute M, L, Q, C and Z only. */
  static String compact(String data) {
    PathData path = new PathData();
    Matcher tokens = TOKEN.matcher(data);
    char command = 'M';
    long[] numbers = new long[6];
    int filled = 0;
    while (tokens.find()) {
      char first = tokens.group().charAt(0);
      if (Character.isLetter(first)) {
        command = first;
        if (command == 'Z') {
          path.close();
        }
        continue;
      }
      numbers[filled++] = Math.round(Double.parseDouble(tokens.group()) * 100);
      if (filled == size(command)) {
        path.add(command, numbers, filled);
        filled = 0;
      }
    }
    return path.out.toString();
  }

  private static int size(char command) {
    return switch (command) {
      case 'Q' -> 4;
      case 'C' -> 6;
      default -> 2;
    };
  }

  private void close() {
    out.append('z');
    x = startX;
    y = startY;
  }

  private void add(char command, long[] numbers, int count) {
    long endX = numbers[count - 2];
    long endY = numbers[count - 1];
    if (command == 'M') {
      out.append('M');
      number(endX, true);
      number(endY, false);
      startX = endX;
      startY = endY;
    } else if (command == 'L' && endY == y) {
      out.append('h');
      number(endX - x, true);
    } else if (command == 'L' && endX == x) {
      out.append('v');
      number(endY - y, true);
    } else {
      out.append(Character.toLowerCase(command));
      for (int i = 0; i < count; i += 2) {
        number(numbers[i] - x, i == 0);
        number(numbers[i + 1] - y, false);
      }
    }
    x = endX;
    y = endY;
  }

  /** Writes hundredths as a number; a space goes before it where the sign does not part it. */
  private void number(long hundredths, boolean first) {
    if (!first && hundredths >= 0) {
      out.append(' ');
    }
    if (hundredths < 0) {
      out.append('-');
    }
    long size = Math.abs(hundredths);
    long whole = size / 100;
    long rest = size % 100;
    if (whole > 0 || rest == 0) {
      out.append(whole);
    }
    if (rest > 0) {
      out.append('.').append(rest / 10);
      if (rest % 10 > 0) {
        out.append(rest % 10);
      }
    }
  }
}
