package unroll.kernel.eval;

import java.util.List;
import java.util.Optional;
import unroll.kernel.display.MimeBundle;
import unroll.kernel.magic.Completion;
import unroll.kernel.magic.Magic;
import unroll.kernel.magic.MagicException;

/**
 * The exception that ended a cell last, with every frame; cells show the frames that are their own.
 *
 * @param thrown the exception
 * @param lines its message, its frames, and the same of its causes
 */
public record LastError(Throwable thrown, List<String> lines) {
  private static volatile LastError latest;

  /** Copies the list. */
  public LastError {
    lines = List.copyOf(lines);
  }

  /** Keeps an error until the next. */
  static void set(LastError error) {
    latest = error;
  }

  /** The last one; empty if no cell has thrown yet. */
  public static Optional<LastError> get() {
    return Optional.ofNullable(latest);
  }

  /** {@code %errors}. */
  static Magic magic() {
    return new Magic(
        "errors",
        "%errors",
        "Shows the last exception of a cell with every frame.",
        "Under a cell that failed, the frames of libraries are counted, not listed; here they are all. `lastError()` is\nthe exception itself.",
        "%errors",
        (call, context) -> {
          if (!call.arguments().isEmpty()) {
            throw new MagicException("expected no arguments, got '" + call.text() + "'");
          }
          return MimeBundle.text(
              get().map(e -> String.join("\n", e.lines())).orElse("No cell has thrown anything."));
        },
        Completion.none());
  }
}
