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
        (call, context) -> evaluate(magics, call),
        before -> before.isEmpty() ? magics.all().stream().map(Magic::name).toList() : List.of());
  }

  private static MimeBundle evaluate(Magics magics, MagicCall call) {
    return switch (call.arguments().size()) {
      case 0 -> listing(magics);
      case 1 -> page(magics.get(call.arguments().get(0).replaceFirst("^%%?", "")));
      default -> throw new MagicException("expected one name, got " + call.text());
    };
  }

  private static MimeBundle listing(Magics magics) {
    var rows = magics.all().stream().map(m -> List.of(m.syntax(), m.summary())).toList();
    return new Listing(List.of("magic", "what it does"), rows, "%help NAME says more about one.")
        .bundle();
  }

  /** All about one magic; also what inspecting it shows. */
  static MimeBundle page(Magic magic) {
    var html =
        "<p><code>"
            + Html.escape(magic.syntax())
            + "</code></p>\n<p>"
            + Html.escape(magic.summary())
            + "</p>";
    var text = magic.syntax() + "\n" + magic.summary();
    if (!magic.details().isEmpty()) {
      html += "\n<pre>" + Html.escape(magic.details()) + "</pre>";
      text += "\n\n" + magic.details();
    }
    return MimeBundle.html(html, text);
  }
}
