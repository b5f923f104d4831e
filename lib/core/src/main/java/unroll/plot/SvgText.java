package unroll.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the SVG of VectorGraphics2D fit for a page: no document type, short numbers, a title and a
 * label in words, and names of clips that neither vary from run to run nor meet those of another
 * figure on the same page.
 */
final class SvgText {
  private static final Pattern LONG_NUMBER =
      Pattern.compile("-?\\d*\\.\\d+(?:[eE][-+]?\\d+)?|-?\\d+[eE][-+]?\\d+");
  private static final Pattern COLOUR = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");
  private static final Pattern CLIP = Pattern.compile("(id=\"|url\\(#)clip-?\\d+");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\b(d|style|transform)=\"[^\"]*\"");
  private static final Pattern POSITION =
      Pattern.compile("\\b(x1|x2|y1|y2|x|y|rx|ry|cx|cy|r|width|height)=\"([^\"]*)\"");

  private SvgText() {}

  static String tidy(String raw, int width, int height, String title, String description) {
    String body = raw.substring(raw.indexOf('>', raw.indexOf("<svg")) + 1);
    body = body.replaceAll("\\n\\s*", "\n").strip();
    body = ATTRIBUTE.matcher(body).replaceAll(m -> Matcher.quoteReplacement(tidy(m.group())));
    body =
        POSITION
            .matcher(body)
            .replaceAll(
                m -> Matcher.quoteReplacement(m.group(1) + "=\"" + round(m.group(2), 2) + '"'));
    body = SvgLines.joined(body);
    body = body.replace("<image ", "<image image-rendering=\"optimizeSpeed\" ");
    body = rename(body);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
        + (" width=\"" + width + "\" height=\"" + height + "\"")
        + (" viewBox=\"0 0 " + width + " " + height + "\"")
        + " style=\"max-width:100%;height:auto\" role=\"img\""
        + (" aria-label=\"" + escape(description) + "\">\n")
        + ("<title>" + escape(title) + "</title>\n")
        + (body + "\n");
  }

  /** Rounds and shortens one attribute of geometry or style. */
  private static String tidy(String attribute) {
    if (attribute.startsWith("d=")) {
      return "d=\"" + PathData.compact(attribute.substring(3)) + '"';
    }
    String text = round(attribute, attribute.startsWith("transform") ? 5 : 2);
    text =
        COLOUR
            .matcher(text)
            .replaceAll(
                m ->
                    String.format(
                        "#%02x%02x%02x",
                        Integer.valueOf(m.group(1)),
                        Integer.valueOf(m.group(2)),
                        Integer.valueOf(m.group(3))));
    return text.replace("stroke:none;", "").replace(";\"", "\"");
  }

  private static String round(String text, int decimals) {
    return LONG_NUMBER.matcher(text).replaceAll(m -> rounded(m.group(), decimals));
  }

  private static String rounded(String number, int decimals) {
    BigDecimal rounded = new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String rename(String body) {
    Map<String, String> names = new LinkedHashMap<>();
    Matcher clips = CLIP.matcher(body);
    while (clips.find()) {
      names.computeIfAbsent(
          clips.group().substring(clips.group(1).length()), old -> "clip" + names.size());
    }
    String numbered =
        clips.replaceAll(m -> m.group(1) + names.get(m.group().substring(m.group(1).length())));
    if (names.isEmpty()) {
      return numbered;
    }
    String suffix = "-" + Integer.toHexString(numbered.hashCode());
    return numbered.replaceAll("(id=\"|url\\(#)(clip\\d+)", "$1$2" + suffix);
  }

  /** Text for an attribute or an element; characters that XML cannot carry are left out. */
  static String escape(String text) {
    return text.replaceAll(
            "[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
