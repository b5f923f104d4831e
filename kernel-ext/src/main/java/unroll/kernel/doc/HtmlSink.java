package unroll.kernel.doc;

import java.util.Set;
import unroll.kernel.display.Html;

/** Documentation as HTML: the tags that structure text stay, all others and all attributes go. */
final class HtmlSink implements DocSink {
  private static final Set<String> KEPT =
      Set.of(
          "p",
          "pre",
          "ul",
          "ol",
          "li",
          "dl",
          "dt",
          "dd",
          "b",
          "i",
          "em",
          "strong",
          "code",
          "sub",
          "sup",
          "br",
          "h1",
          "h2",
          "h3",
          "h4",
          "blockquote",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "caption",
          "var",
          "tt");

  private final StringBuilder html = new StringBuilder();

  @Override
  public void text(String text) {
    html.append(Html.escape(text));
  }

  @Override
  public void code(String code) {
    html.append("<code>").append(Html.escape(code)).append("</code>");
  }

  @Override
  public void start(String tag) {
    if (KEPT.contains(tag)) {
      html.append('<').append(tag).append('>');
    }
  }

  @Override
  public void end(String tag) {
    if (KEPT.contains(tag)) {
      html.append("</").append(tag).append('>');
    }
  }

  @Override
  public String finish() {
    return html.toString().strip();
  }
}
