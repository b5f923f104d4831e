package unroll.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlPageTest {

  @TempDir private Path folder;

  private static Cell markdown(String source) {
    return new Cell(Cell.Kind.MARKDOWN, "t", source, new JsonObject(), null, List.of(), null);
  }

  private static Cell code(String source, String... outputs) {
    List<JsonObject> parsed =
        Arrays.stream(outputs)
            .map(each -> JsonParser.parseString(each.replace('\'', '"')).getAsJsonObject())
            .toList();
    return new Cell(Cell.Kind.CODE, "c", source, new JsonObject(), null, parsed, 1);
  }

  private String page(Cell... cells) {
    return HtmlPage.html(new Notebook(List.of(cells), new JsonObject()), "x.ipynb", folder);
  }

  private static String svg(String id) {
    return ("{'output_type': 'display_data', 'metadata': {}, 'data': {'image/svg+xml':"
            + " '<?xml version=\\\"1.0\\\"?><svg width=\\\"40\\\" height=\\\"30px\\\" aria-label=\\\"A"
            + " line\\\"><clipPath id=\\\"ID\\\"/><g clip-path=\\\"url(#ID)\\\"/><use"
            + " href=\\\"#ID\\\"/></svg>', 'text/plain': 'a chart'}}")
        .replace("ID", id);
  }

  @Test
  void firstHeading_isTheTitleAndHeadingsAreAnchors() {
    String html = page(markdown("# Gates & states\n\n## A `b` c\n\n## A `b` c"));
    assertThat(html)
        .contains("<title>Gates &amp; states</title>", "id=\"A-b-c\"", "id=\"A-b-c-1\"")
        .contains("href=\"#A-b-c\"");
    assertThat(page(markdown("no heading"))).contains("<title>x.ipynb</title>");
  }

  @Test
  void page_forbidsTheBrowserToFetchAnything() {
    assertThat(page(markdown("# x")))
        .contains("Content-Security-Policy\" content=\"default-src 'none'");
  }

  @Test
  void pictures_areTakenInAndRemoteOnesBecomeLinks() throws Exception {
    Files.write(folder.resolve("a b.png"), new byte[] {1, 2, 3});
    JsonObject attachments =
        JsonParser.parseString("{\"p.png\": {\"image/png\": \"QUJD\"}}").getAsJsonObject();
    Cell pasted =
        new Cell(
            Cell.Kind.MARKDOWN,
            "p",
            "![pasted](attachment:p.png)",
            new JsonObject(),
            attachments,
            List.of(),
            null);
    String html =
        page(
            markdown("![mine](a%20b.png) <img alt=\"raw\" src='a b.png'>"),
            pasted,
            markdown("![far away](https://example.org/x.png)"));
    assertThat(html.split("data:image/png;base64,AQID", -1)).hasSize(3);
    assertThat(html)
        .contains("data:image/png;base64,QUJD")
        .contains("<a href=\"https://example.org/x.png\">far away</a>")
        .doesNotContain("src=\"http");
  }

  @Test
  void drawings_standInlineWithTheirWordsAndIdsOfTheirOwn() {
    String html = page(code("x", svg("k")), code("y", svg("k")));
    assertThat(html)
        .contains("aria-label=\"A line\"", "viewBox=\"0 0 40 30\"")
        .contains("id=\"u1-k\"", "url(#u1-k)", "href=\"#u1-k\"")
        .contains("id=\"u2-k\"", "url(#u2-k)")
        .doesNotContain("<?xml", "a chart");
  }

  @Test
  void sourceAndPrintedText_areEscapedAndColoured() {
    String html =
        page(
            code(
                "var s = \"<b>\"; // why & how",
                "{'output_type': 'stream', 'name': 'stderr', 'text': '<i>\\u001b[31mred\\u001b[0m'}"));
    assertThat(html)
        .contains("<span class=\"k\">var</span>", "<span class=\"s\">&quot;&lt;b&gt;&quot;</span>")
        .contains("<span class=\"c\">// why &amp; how</span>")
        .contains("<pre class=\"stderr\">&lt;i&gt;<span class=\"ansi-1\">red</span></pre>");
  }

  @Test
  void error_showsItsTraceback() {
    String html =
        page(
            code(
                "x",
                "{'output_type': 'error', 'ename': 'E', 'evalue': 'v', 'traceback': ['one', 'two']}"),
            code("y", "{'output_type': 'error', 'ename': 'E', 'evalue': 'v', 'traceback': []}"));
    assertThat(html).contains("<pre class=\"error\">one\ntwo</pre>", ">E: v</pre>");
  }

  @Test
  void outputInSeveralForms_showsTheRichest() {
    String html =
        page(
            code(
                "x",
                "{'output_type': 'execute_result', 'execution_count': 1, 'metadata': {}, 'data':"
                    + " {'text/plain': 'plain', 'text/html': '<table></table>', 'image/png': 'QQ=='}}"),
            code(
                "y",
                "{'output_type': 'display_data', 'metadata': {'image/png': {'width': 12}}, 'data':"
                    + " {'text/plain': 'a dot', 'image/png': 'Q\\nQ=='}}"));
    assertThat(html)
        .contains("<div class=\"html\"><table></table></div>")
        .contains("<img src=\"data:image/png;base64,QQ==\" width=\"12\" alt=\"a dot\">")
        .doesNotContain(">plain<");
  }

  @Test
  void colouringJava_keepsEveryCharacter() {
    String source =
        "%seed 42\n%%time\n@Override int f(long x) { return 0x1F + 1_000L; } /* a\n*/ \"\"\"\n"
            + "text \"quoted\"\n\"\"\" 'c' \"open\nvar ü = Foo.bar(1e-3f) % 2; /* never closed";
    String plain =
        JavaColours.html(source)
            .replaceAll("</?span[^>]*>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&");
    assertThat(plain).isEqualTo(source);
    assertThat(JavaColours.html(source))
        .startsWith("<span class=\"m\">%seed</span> <span class=\"n\">42</span>")
        .contains("<span class=\"a\">@Override</span>", "<span class=\"n\">0x1F</span>")
        .contains("<span class=\"t\">Foo</span>.<span class=\"f\">bar</span>(")
        .endsWith("<span class=\"c\">/* never closed</span>");
  }

  @Test
  void coloursOf256AndOf24Bits_becomeStyles() {
    assertThat(AnsiHtml.html("\u001b[1;38;5;196ma\u001b[48;2;1;2;3mb\u001b[0mc\u001b[38;5;3md"))
        .isEqualTo(
            "<span class=\"ansi-bold\" style=\"color:#ff0000\">a</span>"
                + "<span class=\"ansi-bold\" style=\"color:#ff0000;background:#010203\">b</span>c"
                + "<span class=\"ansi-3\">d</span>");
    assertThat(AnsiHtml.html("\u001b[999999999999ma\u001b[38mb\u001b[2Kc\u001b]0;t\u0007d"))
        .isEqualTo("abcd");
  }
}
