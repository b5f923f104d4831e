package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import unroll.backend.Backends;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;
import unroll.tensor.Generator;

/** What computes, and from which numbers it starts. */
final class BackendMagics {
  private BackendMagics() {}

  static Magic backend() {
    return new Magic(
        "backend",
        "%backend [auto|" + String.join("|", Backends.known()) + "]",
        "Chooses what computes; alone, lists what can.",
        "Tensors and layers made from then on live on the backend. auto takes the fastest here.",
        "%backend cpu",
        (call, context) -> backend(call),
        Completion.first(BackendMagics::names));
  }

  private static List<String> names() {
    var names = new ArrayList<>(List.of("auto"));
    names.addAll(Backends.known());
    return names;
  }

  private static MimeBundle backend(MagicCall call) {
    return switch (call.arguments().size()) {
      case 0 -> table();
      case 1 -> use(call.arguments().get(0));
      default -> throw new MagicException("expected one name, got '" + call.text() + "'");
    };
  }

  static MimeBundle table() {
    var rows =
        Backends.table().stream()
            .map(
                row ->
                    List.of(
                        row.current() ? "→" : "",
                        row.name(),
                        row.available() ? "✓" : "✗",
                        row.device(),
                        row.description()))
            .toList();
    return new Listing(List.of("", "backend", "runs here", "device", "what it is"), rows, "")
        .bundle();
  }

  static MimeBundle use(String name) {
    var names = names();
    if (!names.contains(name) && !Backends.names().contains(name)) {
      throw new MagicException(
          "no backend '"
              + name
              + "'"
              + Names.nearest(name, names).map(near -> "; did you mean " + near + "?").orElse(""));
    }
    Backends.use(name);
    return table();
  }

  static Magic seed() {
    return new Magic(
        "seed",
        "%seed N",
        "Sets the session's generator to the start of the numbers of seed N.",
        "N is a whole number. Layers and fit draw from this generator unless given another.",
        "%seed 42",
        (call, context) -> seed(call),
        Completion.none());
  }

  private static MimeBundle seed(MagicCall call) {
    if (call.arguments().size() != 1) {
      throw new MagicException("expected one whole number, got '" + call.text() + "'");
    }
    try {
      Generator.seed(Long.parseLong(call.arguments().get(0).replace("_", "")));
      return null;
    } catch (NumberFormatException e) {
      throw new MagicException("expected a whole number, got '" + call.text() + "'");
    }
  }
}
