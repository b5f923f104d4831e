package unroll.kernel.notebook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A drawing made fit to stand inside a page: without the XML around it, with ids that no other
 * drawing on the page has, and with a {@code viewBox}, so that it can shrink with the page.
 */
final class InlineSvg {

  private static final Pattern ID = Pattern.compile("\\bid\\s*=\\s*([\"'])([^\"']+)\\1");
  private static final Pattern REFERENCE =
      Pattern.compile("(url\\(\\s*['\"]?#|href\\s*=\\s*[\"']#)([^)\"']+)");
  private static final Pattern ARIA_REFERENCE =
      Pattern.compile("(aria-(?:labelledby|describedby)\\s*=\\s*)([\"'])([^\"']*)\\2");
  private static final Pattern LENGTH =
      Pattern.compile("\\b(width|height)\\s*=\\s*[\"']\\s*([0-9.]+)(?:px|pt)?\\s*[\"']");

  private InlineSvg() {}

  /**
   * The drawing as an element.
   *
   * @param document an SVG document
   * @param prefix put before every id; different for each drawing of a page
   */
  static String element(String document, String prefix) {
    int start = document.indexOf("<svg");
    int end = document.lastIndexOf("</svg>");
    if (start < 0 || end < start) {
      return "<pre>" + Html.escape(document) + "</pre>";
    }
    return withViewBox(withOwnIds(document.substring(start, end + 6), prefix));
  }

  private static String withOwnIds(String svg, String prefix) {
    String own = ID.matcher(svg).replaceAll("id=$1" + prefix + "$2$1");
    own = REFERENCE.matcher(own).replaceAll("$1" + prefix + "$2");
    return ARIA_REFERENCE
        .matcher(own)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + '"'
                        + found.group(3).strip().replaceAll("(?<=^|\\s)(?=\\S)", prefix)
                        + '"'));
  }

  private static String withViewBox(String svg) {
    int close = svg.indexOf('>');
    String tag = svg.substring(0, close);
    if (tag.contains("viewBox")) {
      return svg;
    }
    String width = null;
    String height = null;
    for (Matcher length = LENGTH.matcher(tag); length.find(); ) {
      if (length.group(1).equals("width")) {
        width = length.group(2);
      } else {
        height = length.group(2);
      }
    }
    return width == null || height == null
        ? svg
        : "<svg viewBox=\"0 0 " + width + " " + height + "\"" + svg.substring("<svg".length());
  }
}
