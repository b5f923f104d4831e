package unroll.bench.convergence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What {@code textlm_torch.py} found on the benchmark's text, kept for those who have no Python:
 * the lines of {@code ./unroll bench textlm --with-torch PYTHON} that are PyTorch's.
 */
final class FrozenTorch {

  private FrozenTorch() {}

  static List<TextResult> all() {
    try (InputStream source = FrozenTorch.class.getResourceAsStream("textlm_torch.jsonl")) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> TextSettings.gson().fromJson(line, TextResult.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The mean validation loss of a cell after so many steps from these seeds' first weights; empty
   * where one of them was not measured.
   */
  static OptionalDouble validation(String cell, int steps, List<Long> seeds) {
    double[] found =
        all().stream()
            .filter(r -> r.cell().equals(cell) && r.steps() == steps && seeds.contains(r.seed()))
            .mapToDouble(TextResult::validation)
            .toArray();
    return found.length == seeds.size() ? Arrays.stream(found).average() : OptionalDouble.empty();
  }
}
