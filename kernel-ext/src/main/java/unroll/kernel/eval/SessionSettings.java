package unroll.kernel.eval;

import java.util.List;
import unroll.kernel.display.Renderer;
import unroll.kernel.magic.Magic;

/**
 * What a session has from its start.
 *
 * @param imports as a source file has them after the keyword, for instance {@code java.util.*} or
 *     {@code static java.lang.Math.*}; packages that do not exist are left out
 * @param renderers one a type
 * @param magics besides {@code %help}, which is always there
 * @param onOpen called once when the session opens
 */
public record SessionSettings(
    List<String> imports, List<Renderer<?>> renderers, List<Magic> magics, Runnable onOpen) {

  /** Copies the lists. */
  public SessionSettings {
    imports = List.copyOf(imports);
    renderers = List.copyOf(renderers);
    magics = List.copyOf(magics);
  }

  /** The same without anything to call. */
  public SessionSettings(List<String> imports, List<Renderer<?>> renderers, List<Magic> magics) {
    this(imports, renderers, magics, () -> {});
  }

  /** Plain Java: no imports, no renderers, no magic but {@code %help}. */
  public static SessionSettings plain() {
    return new SessionSettings(List.of(), List.of(), List.of());
  }
}
