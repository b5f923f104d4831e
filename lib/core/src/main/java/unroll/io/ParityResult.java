package unroll.io;

import java.util.List;
import java.util.Locale;

/**
 * What {@link Parity#check} found.
 *
 * @param file the reference file
 * @param layer the layer and its sizes, {@code Lstm 4 → 7}; what the file asks for where it did not
 *     run
 * @param backend where it ran
 * @param outcome how it ended
 * @param reason why it was skipped or is not supported; otherwise empty
 * @param limit the largest error that passes
 * @param rows one for each tensor compared; none unless it ran
 */
public record ParityResult(
    String file,
    String layer,
    String backend,
    Outcome outcome,
    String reason,
    double limit,
    List<Row> rows) {

  /** How a check ended. */
  public enum Outcome {
    /** Every tensor is within the limit. */
    PASSED("passed"),
    /** A tensor is not. */
    FAILED("FAILED"),
    /** The backend's precision is less than the file's: nothing was compared. */
    SKIPPED("skipped"),
    /** The library has no such layer: nothing was compared. */
    NOT_SUPPORTED("not supported yet");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }
  }

  /**
   * One tensor.
   *
   * @param tensor its name in the file: {@code output}, {@code grad.weight_ih_l0}
   * @param error the largest difference over the largest magnitude of the reference; NaN if there
   *     is a NaN in either
   */
  public record Row(String tensor, double error) {}

  /** Copies the rows. */
  public ParityResult {
    rows = List.copyOf(rows);
  }

  /** Whether nothing is wrong: it passed, or was skipped. */
  public boolean isFine() {
    return outcome == Outcome.PASSED || outcome == Outcome.SKIPPED;
  }

  /** The largest error of all tensors; 0 if none were compared, NaN if one of them is. */
  public double worst() {
    return rows.stream().mapToDouble(Row::error).reduce(0, Math::max);
  }

  /** A line of summary, then a line for each tensor; those over the limit are marked. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("%s  %s on %s: %s".formatted(file, layer, backend, outcome.text));
    if (!reason.isEmpty()) {
      text.append(": ").append(reason);
    }
    for (Row row : rows) {
      text.append(String.format(Locale.ROOT, "%n  %-22s %.1e", row.tensor(), row.error()));
      if (!(row.error() <= limit)) {
        text.append(String.format(Locale.ROOT, "  over %.0e", limit));
      }
    }
    return text.toString();
  }
}
