package unroll.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import unroll.autograd.Tape;
import unroll.optim.Progress;
import unroll.tensor.Generator;

/**
 * What a training is of, in words: its model, its data and its settings. A checkpoint says so, and
 * is continued only where all of it is the same.
 */
final class Identity {

  /** Some examples whose losses tell one data set, and one model, from another. */
  private static final int PROBES = 4;

  private Identity() {}

  static Map<String, String> of(Learning learning) {
    Map<String, String> all = new LinkedHashMap<>();
    Objective objective = learning.objective;
    all.put("model", text(objective.model()));
    all.put(
        "parameters",
        objective.model().parameters().entrySet().stream()
            .map(
                e ->
                    "%s %s %s"
                        .formatted(
                            e.getKey(),
                            e.getValue().shape(),
                            e.getValue().backend().precision().bytes() * 8))
            .collect(Collectors.joining(", ")));
    all.put("examples", String.valueOf(objective.examples()));
    all.put("lengths", Long.toHexString(checksum(learning.batches.lengths())));
    all.put("data", Long.toHexString(objective.fingerprint()));
    learning.fit.numerical().forEach((name, value) -> all.put("settings." + name, value));
    all.put("settings.seed", String.valueOf(learning.generator.state().seed()));
    return all;
  }

  /** What an object says of itself, without what changes from one process to the next. */
  static String text(Object object) {
    return object
        .toString()
        .replaceAll("(\\$\\$Lambda[^@]*)?@[0-9a-f]+", "")
        .replaceAll("\\R", "; ")
        .replaceAll("(?<=\\d)[,.'\\u00a0\\u202f](?=\\d{3}\\b)", "")
        .replaceAll(" +", " ");
  }

  private static long checksum(int[] numbers) {
    CRC32C crc = new CRC32C();
    for (int number : numbers) {
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(number >>> shift);
      }
    }
    return crc.getValue();
  }

  /** The losses of some examples with the present weights, with nothing dropped. */
  static double[] probe(Learning learning) {
    int count = Math.min(PROBES, learning.objective.examples());
    double[] losses = new double[count];
    learning.objective.begin(new Progress(0, 0, learning.fit.epochs(), List.of()));
    Generator.with(
        Generator.of(0),
        () -> {
          for (int i = 0; i < count; i++) {
            int example = (int) ((long) i * learning.objective.examples() / count);
            losses[i] = loss(learning, example);
          }
        });
    return losses;
  }

  private static double loss(Learning learning, int example) {
    int truncate = learning.fit.truncate();
    int length = learning.batches.lengths()[example];
    int to = truncate == Integer.MAX_VALUE ? Chunk.WHOLE : Math.min(truncate, length);
    try (Tape memory = Tape.blank()) {
      Chunk chunk = new Chunk(new int[] {example}, 0, to, List.of());
      return chunk.forward(learning.objective).loss().item();
    }
  }
}
