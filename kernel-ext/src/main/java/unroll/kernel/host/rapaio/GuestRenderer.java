package unroll.kernel.host.rapaio;

import java.util.Locale;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.host.Guest;

/** Shows the values of one type as the guest does. Once that is unloaded, it can render nothing. */
final class GuestRenderer implements DisplayRenderer {
  private final Class<?> type;
  private final Guest guest;

  GuestRenderer(Class<?> type, Guest guest) {
    this.type = type;
    this.guest = guest;
  }

  @Override
  public Class<?> rendererClass() {
    return type;
  }

  @Override
  public boolean canRender(String mime) {
    return guest.loaded() && (mime == null || longName(mime) != null);
  }

  @Override
  public DisplayData render(String mime, Object value) {
    var bundle = guest.render(value).orElseGet(() -> MimeBundle.text(String.valueOf(value)));
    if (mime == null) {
      return RapaioHost.data(bundle);
    }
    var name = longName(mime);
    var content = name == null ? null : bundle.data().get(name);
    if (content == null) {
      throw new IllegalArgumentException(
          "display: a "
              + value.getClass().getSimpleName()
              + " can be shown as "
              + String.join(", ", bundle.data().keySet())
              + "; asked for "
              + mime);
    }
    return RapaioHost.data(MimeBundle.empty().with(name, content));
  }

  /** Rapaio's short names are known too; null for a type that none of our renderers has. */
  private static String longName(String mime) {
    return switch (mime.toLowerCase(Locale.ROOT)) {
      case "svg", MimeBundle.SVG -> MimeBundle.SVG;
      case "png", MimeBundle.PNG -> MimeBundle.PNG;
      case "html", MimeBundle.HTML -> MimeBundle.HTML;
      case "text", MimeBundle.TEXT -> MimeBundle.TEXT;
      default -> null;
    };
  }
}
