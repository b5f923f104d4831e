package unroll.kernel.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with a terminal's colours (ECMA-48 SGR) as HTML; other escape sequences are dropped. */
final class AnsiHtml {

  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\\x1b(?:\\[([0-9;:]*)([ -/]*[@-~])|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)|[^\\[\\]])");

  private boolean bold;
  private boolean faint;
  private boolean italic;
  private boolean underline;
  private String foreground = "";
  private String background = "";

  private AnsiHtml() {}

  /** The text as HTML; colours become classes {@code ansi-0} to {@code ansi-15}, or styles. */
  static String html(String text) {
    return new AnsiHtml().convert(text);
  }

  private String convert(String text) {
    StringBuilder html = new StringBuilder();
    Matcher sequence = SEQUENCE.matcher(text);
    int end = 0;
    while (sequence.find()) {
      html.append(span(text.substring(end, sequence.start())));
      if ("m".equals(sequence.group(2))) {
        set(sequence.group(1));
      }
      end = sequence.end();
    }
    return html.append(span(text.substring(end))).toString();
  }

  private String span(String text) {
    if (text.isEmpty()) {
      return "";
    }
    List<String> classes = new ArrayList<>();
    List<String> styles = new ArrayList<>();
    if (bold) {
      classes.add("ansi-bold");
    }
    if (faint) {
      classes.add("ansi-faint");
    }
    if (italic) {
      classes.add("ansi-italic");
    }
    if (underline) {
      classes.add("ansi-underline");
    }
    place(foreground, "ansi-", "color:", classes, styles);
    place(background, "ansi-bg-", "background:", classes, styles);
    if (classes.isEmpty() && styles.isEmpty()) {
      return Html.escape(text);
    }
    return "<span"
        + (classes.isEmpty() ? "" : " class=\"" + String.join(" ", classes) + "\"")
        + (styles.isEmpty() ? "" : " style=\"" + String.join(";", styles) + "\"")
        + ">"
        + Html.escape(text)
        + "</span>";
  }

  private static void place(
      String colour, String prefix, String property, List<String> classes, List<String> styles) {
    if (colour.startsWith("#")) {
      styles.add(property + colour);
    } else if (!colour.isEmpty()) {
      classes.add(prefix + colour);
    }
  }

  private void set(String parameters) {
    String[] codes = parameters.split("[;:]", -1);
    for (int i = 0; i < codes.length; i++) {
      int code = number(codes, i);
      int mode = number(codes, i + 1);
      if ((code == 38 || code == 48) && (mode == 5 || mode == 2)) {
        String colour =
            mode == 5
                ? indexed(number(codes, i + 2))
                : hex(number(codes, i + 2), number(codes, i + 3), number(codes, i + 4));
        i += mode == 5 ? 2 : 4;
        if (code == 38) {
          foreground = colour;
        } else {
          background = colour;
        }
      } else {
        simple(code);
      }
    }
  }

  private void simple(int code) {
    switch (code) {
      case 0 -> {
        bold = faint = italic = underline = false;
        foreground = background = "";
      }
      case 1 -> bold = true;
      case 2 -> faint = true;
      case 3 -> italic = true;
      case 4 -> underline = true;
      case 22 -> bold = faint = false;
      case 23 -> italic = false;
      case 24 -> underline = false;
      case 39 -> foreground = "";
      case 49 -> background = "";
      default -> {
        if (code >= 30 && code <= 37) {
          foreground = String.valueOf(code - 30);
        } else if (code >= 90 && code <= 97) {
          foreground = String.valueOf(code - 90 + 8);
        } else if (code >= 40 && code <= 47) {
          background = String.valueOf(code - 40);
        } else if (code >= 100 && code <= 107) {
          background = String.valueOf(code - 100 + 8);
        }
      }
    }
  }

  private static int number(String[] codes, int index) {
    if (index >= codes.length || codes[index].isEmpty()) {
      return 0;
    }
    return codes[index].length() > 3 ? 0 : Integer.parseInt(codes[index]);
  }

  /** The 256 colours: 16 named, a cube of 6 × 6 × 6, 24 greys. */
  private static String indexed(int index) {
    if (index < 16) {
      return String.valueOf(index);
    }
    if (index < 232) {
      int cube = index - 16;
      return hex(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
    }
    int grey = 8 + 10 * (index - 232);
    return hex(grey, grey, grey);
  }

  private static int level(int step) {
    return step == 0 ? 0 : 55 + 40 * step;
  }

  private static String hex(int red, int green, int blue) {
    return String.format("#%02x%02x%02x", red & 255, green & 255, blue & 255);
  }
}
