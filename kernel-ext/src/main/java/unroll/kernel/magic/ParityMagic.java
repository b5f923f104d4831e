package unroll.kernel.magic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import unroll.io.Parity;
import unroll.io.ParityResult;
import unroll.io.ParityResult.Outcome;
import unroll.kernel.display.Listing;
import unroll.kernel.display.MimeBundle;

/** {@code %parity}: whether layers compute what PyTorch computes. */
final class ParityMagic {
  private ParityMagic() {}

  static Magic magic() {
    return new Magic(
        "parity",
        "%parity FILE…",
        "Runs recurrent layers forward and backward on reference files and compares all tensors.",
        "The files are safetensors made with PyTorch. An error is the largest difference over the"
            + " largest magnitude of the reference; up to 1e-4 passes, and 1e-9 where the file is in"
            + " double precision, for which %backend ejml is needed. Fails where one is larger.",
        "%parity reference/lstm.safetensors",
        ParityMagic::evaluate,
        (before, word, context) -> FileNames.candidates(word, ".safetensors"));
  }

  private static Object evaluate(MagicCall call, MagicContext context) throws Exception {
    if (call.arguments().isEmpty()) {
      throw new MagicException("expected one file or more");
    }
    var results = check(call.arguments());
    context.display(listing(results));
    requireFine(results);
    return null;
  }

  static List<ParityResult> check(List<String> files) throws Exception {
    var results = new ArrayList<ParityResult>();
    for (var file : files) {
      results.add(Parity.check(FileNames.existing(file)));
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped by its user");
      }
    }
    return results;
  }

  static void requireFine(List<ParityResult> results) {
    long bad = results.stream().filter(result -> !result.isFine()).count();
    if (bad > 0) {
      throw new IllegalStateException(
          "parity: %d of %d files did not pass".formatted(bad, results.size()));
    }
  }

  static MimeBundle listing(List<ParityResult> results) {
    var rows = results.stream().map(ParityMagic::row).toList();
    return new Listing(
            List.of("file", "layer", "backend", "tensors", "largest error", "limit", "outcome"),
            rows,
            "")
        .bundle();
  }

  private static List<String> row(ParityResult result) {
    boolean ran = result.outcome() == Outcome.PASSED || result.outcome() == Outcome.FAILED;
    var words =
        switch (result.outcome()) {
          case PASSED -> "passed";
          case FAILED -> "FAILED";
          case SKIPPED -> "skipped: " + result.reason();
          case NOT_SUPPORTED -> "not supported yet: " + result.reason();
        };
    return List.of(
        result.file(),
        result.layer(),
        result.backend(),
        "" + result.rows().size(),
        ran ? scientific(result.worst()) : "–",
        scientific(result.limit()),
        words);
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
