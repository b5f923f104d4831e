package unroll.kernel.magic;

import java.util.List;
import unroll.kernel.display.Html;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;

/** {@code %help}: lists the magics, or says all about one. */
final class Help {
  private Help() {}

  static Magic magic(Magics magics) {
    return new Magic(
        "help",
        "%help [NAME]",
        "Lists the magics, or says all about one.",
        "",
        "%help seed",
        (call, context) -> evaluate(magics, call),
        Completion.first(() -> magics.all().stream().map(Magic::name).toList()));
  }

  private static MimeBundle evaluate(Magics magics, MagicCall call) {
    return switch (call.arguments().size()) {
      case 0 -> listing(magics);
      case 1 -> page(magics.get(call.arguments().get(0).replaceFirst("^%%?", "")));
      default -> throw new MagicException("expected one name, got " + call.text());
    };
  }

  static MimeBundle listing(Magics magics) {
    var rows =
        magics.all().stream()
            .map(m -> List.of(m.syntax().lines().findFirst().orElse(""), m.summary()))
            .toList();
    return new Listing(List.of("magic", "what it does"), rows, "%help NAME says more about one.")
        .bundle();
  }

  /** All about one magic; also what inspecting it shows. */
  static MimeBundle page(Magic magic) {
    var html = new StringBuilder();
    magic
        .syntax()
        .lines()
        .forEach(
            line -> html.append("<p><code>").append(Html.escape(line)).append("</code></p>\n"));
    html.append("<p>").append(Html.escape(magic.summary())).append("</p>");
    var text = new StringBuilder(magic.syntax() + "\n" + magic.summary());
    if (!magic.details().isEmpty()) {
      html.append("\n<p style=\"white-space:pre-line\">");
      html.append(Html.escape(magic.details())).append("</p>");
      text.append("\n\n").append(magic.details());
    }
    if (!magic.example().isEmpty()) {
      html.append("\n<pre>").append(Html.escape(magic.example())).append("</pre>");
      text.append("\n\n").append(magic.example().indent(4).stripTrailing());
    }
    return MimeBundle.html(html.toString(), text.toString());
  }
}
