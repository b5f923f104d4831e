package unroll.kernel.notebook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The text cells of one notebook as HTML: headings get an anchor that Jupyter would give them, and
 * pictures are taken into the page. A picture from a network becomes a link to it.
 */
final class MarkdownHtml {

  private static final Pattern IMAGE = Pattern.compile("<img\\b[^>]*>");
  private static final Pattern HEADING =
      Pattern.compile("(<h[1-6] id=\"([^\"]*)\">.*?)(</h[1-6]>)", Pattern.DOTALL);

  private final Path folder;
  private final Map<String, Integer> anchors = new HashMap<>();
  private final Parser parser;
  private final HtmlRenderer renderer;

  /**
   * @param folder of the notebook, where its pictures are looked for
   */
  MarkdownHtml(Path folder) {
    this.folder = folder;
    var extensions = List.of(TablesExtension.create());
    parser = Parser.builder().extensions(extensions).build();
    renderer =
        HtmlRenderer.builder()
            .extensions(extensions)
            .attributeProviderFactory(
                context ->
                    (node, tag, attributes) -> {
                      if (node instanceof Heading) {
                        attributes.put("id", anchor(words(node)));
                      }
                    })
            .build();
  }

  /**
   * A text as HTML.
   *
   * @param markdown what the cell holds
   * @param attachments pictures pasted into the cell, or null
   */
  String html(String markdown, JsonObject attachments) {
    String html = renderer.render(parser.parse(markdown));
    html =
        IMAGE
            .matcher(html)
            .replaceAll(found -> Matcher.quoteReplacement(image(found, attachments)));
    return HEADING
        .matcher(html)
        .replaceAll("$1<a class=\"anchor\" href=\"#$2\" aria-hidden=\"true\">¶</a>$3");
  }

  /** The first heading of a notebook's texts, or null. */
  static String title(Notebook notebook) {
    for (Cell cell : notebook.cells()) {
      if (cell.kind() == Cell.Kind.MARKDOWN) {
        Node document = Parser.builder().build().parse(cell.source());
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
          if (node instanceof Heading) {
            return words(node);
          }
        }
      }
    }
    return null;
  }

  private static String words(Node node) {
    StringBuilder words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            words.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            words.append(code.getLiteral());
          }
        });
    return words.toString().strip();
  }

  private String anchor(String words) {
    String anchor = words.replaceAll("\\s+", "-");
    int before = anchors.merge(anchor, 1, Integer::sum) - 1;
    return before == 0 ? anchor : anchor + "-" + before;
  }

  private String image(MatchResult found, JsonObject attachments) {
    String tag = found.group();
    Matcher source = attribute("src", tag);
    if (!source.find()) {
      return tag;
    }
    String from = source.group(2).replace("&amp;", "&");
    if (from.startsWith("data:")) {
      return tag;
    }
    if (from.matches("(?i)([a-z][a-z0-9+.-]*:)?//.*")) {
      Matcher alt = attribute("alt", tag);
      String words = alt.find() && !alt.group(2).isBlank() ? alt.group(2) : source.group(2);
      return "<a href=\"" + source.group(2) + "\">" + words + "</a>";
    }
    String data =
        from.startsWith("attachment:")
            ? attachment(from.substring("attachment:".length()), attachments)
            : file(from);
    return data == null
        ? tag
        : tag.substring(0, source.start(2)) + data + tag.substring(source.end(2));
  }

  private static Matcher attribute(String name, String tag) {
    return Pattern.compile("\\b" + name + "\\s*=\\s*([\"'])(.*?)\\1", Pattern.CASE_INSENSITIVE)
        .matcher(tag);
  }

  private static String attachment(String name, JsonObject attachments) {
    if (attachments == null || !(attachments.get(unescaped(name)) instanceof JsonObject picture)) {
      return null;
    }
    for (Map.Entry<String, JsonElement> each : picture.entrySet()) {
      if (Cell.isText(each.getValue())) {
        return "data:" + each.getKey() + ";base64," + each.getValue().getAsString().strip();
      }
    }
    return null;
  }

  private String file(String name) {
    try {
      Path picture = folder.resolve(unescaped(name));
      String type =
          switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "svg" -> "image/svg+xml";
            case "jpg", "jpeg" -> "image/jpeg";
            case "gif" -> "image/gif";
            case "webp" -> "image/webp";
            default -> "image/png";
          };
      byte[] bytes = Files.readAllBytes(picture);
      return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
    } catch (IOException | InvalidPathException e) {
      return null; // the page shows the picture's words, as Jupyter does
    }
  }

  private static String unescaped(String url) {
    return java.net.URLDecoder.decode(
        url.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
  }
}
