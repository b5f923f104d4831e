package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import unroll.backend.Backends;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;
import unroll.tensor.Generator;
import unroll.train.Epoch;
import unroll.train.Models;

/** The magics that call the library. Each parses, calls it, and returns what to show. */
public final class LibraryMagics {
  private LibraryMagics() {}

  /** All of them. */
  public static List<Magic> all() {
    return List.of(backend(), seed(), models());
  }

  private static Magic backend() {
    return new Magic(
        "backend",
        "%backend [auto|" + String.join("|", Backends.known()) + "]",
        "Chooses what computes; alone, lists what can.",
        "Tensors and layers made from then on live on the backend. auto takes the fastest here.",
        (call, context) -> backend(call),
        Completion.first(LibraryMagics::backendNames));
  }

  private static List<String> backendNames() {
    var names = new ArrayList<>(List.of("auto"));
    names.addAll(Backends.known());
    return names;
  }

  private static MimeBundle backend(MagicCall call) {
    if (call.arguments().size() > 1) {
      throw new MagicException("expected one name, got '" + call.text() + "'");
    }
    if (call.arguments().size() == 1) {
      use(call.arguments().get(0));
    }
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

  private static void use(String name) {
    var names = backendNames();
    if (!names.contains(name)) {
      throw new MagicException(
          "no backend '"
              + name
              + "'"
              + Names.nearest(name, names).map(near -> "; did you mean " + near + "?").orElse(""));
    }
    Backends.use(name);
  }

  private static Magic seed() {
    return new Magic(
        "seed",
        "%seed N",
        "Sets the session's generator to the start of the numbers of seed N.",
        "N is a whole number. Layers and fit draw from this generator unless given another.",
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

  private static Magic models() {
    return new Magic(
        "models",
        "%models",
        "Lists the models that were trained in this session.",
        "They outlive the variables that held them: Models.get(\"NAME\").model() gives one back.",
        (call, context) -> models(call),
        Completion.none());
  }

  private static MimeBundle models(MagicCall call) {
    if (!call.arguments().isEmpty()) {
      throw new MagicException("expected no arguments, got '" + call.text() + "'");
    }
    var rows =
        Models.list().stream()
            .map(
                entry ->
                    List.of(
                        entry.name(),
                        String.format(Locale.ROOT, "%,d", entry.model().parameterCount()),
                        entry.run().best().map(Epoch::score).map(LibraryMagics::number).orElse("–"),
                        entry.run().toString()))
            .toList();
    var note = rows.isEmpty() ? "No model has been trained yet." : "";
    return new Listing(List.of("model", "parameters", "best loss", "training"), rows, note)
        .bundle();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
