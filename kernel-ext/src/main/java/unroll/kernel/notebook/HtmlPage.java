package unroll.kernel.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A notebook as one page that holds all it needs. Its security policy forbids the browser to fetch
 * anything, so what shows here shows anywhere.
 */
public final class HtmlPage {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " img-src data:; font-src data:; media-src data:";

  private HtmlPage() {}

  /**
   * The page.
   *
   * @param notebook with its outputs
   * @param name shown where the notebook has no heading, and at the foot
   * @param folder where the notebook's pictures are looked for
   */
  public static String html(Notebook notebook, String name, Path folder) {
    String title = MarkdownHtml.title(notebook);
    MarkdownHtml markdown = new MarkdownHtml(folder);
    OutputHtml outputs = new OutputHtml(markdown);
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(POLICY)
        .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .append(Html.escape(title == null ? name : title))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n");
    for (Cell cell : notebook.cells()) {
      switch (cell.kind()) {
        case MARKDOWN ->
            page.append("<section class=\"text\" id=\"cell-")
                .append(cell.id())
                .append("\">\n")
                .append(markdown.html(cell.source(), cell.attachments()))
                .append("</section>\n");
        case CODE -> code(page, cell, outputs);
        case RAW -> {}
      }
    }
    page.append("</main>\n<footer>")
        .append(Html.escape(name))
        .append(" · run with Unroll</footer>\n</body>\n</html>\n");
    return page.toString();
  }

  private static void code(StringBuilder page, Cell cell, OutputHtml outputs) {
    if (cell.source().isBlank() && cell.outputs().isEmpty()) {
      return;
    }
    page.append("<section class=\"code\" id=\"cell-").append(cell.id()).append("\">\n");
    page.append("<div class=\"source\"><span class=\"count\">[")
        .append(cell.count() == null ? " " : cell.count())
        .append("]</span><pre>")
        .append(JavaColours.html(cell.source()))
        .append("</pre></div>\n");
    if (!cell.outputs().isEmpty()) {
      page.append("<div class=\"outputs\">\n");
      cell.outputs().forEach(output -> page.append(outputs.html(output)));
      page.append("</div>\n");
    }
    page.append("</section>\n");
  }

  private static String style() {
    try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
