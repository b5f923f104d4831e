package unroll.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import unroll.autograd.Parameter;
import unroll.backend.Backend;
import unroll.backend.Backends;
import unroll.backend.DeviceLostException;
import unroll.backend.Precision;
import unroll.optim.Optimizer;
import unroll.optim.Progress;
import unroll.tensor.Generator;

/**
 * The backend on which a training's own steps are fastest, among those of single precision that run
 * here. Each gets the same steps until they are no longer getting faster; a model that is faster on
 * the CPU stays there, whatever GPU there is.
 *
 * @param seconds of the fastest step on each backend that was tried
 * @param chosen the backend's short name
 */
record Fastest(Map<String, Double> seconds, String chosen) {

  /** Long enough for the JVM to compile what runs often. */
  private static final double PATIENCE = 1.5;

  private static final int FEWEST = 3;

  /**
   * Tries each, leaves the model on the fastest, with its numbers as they were, and makes that the
   * current backend. Where there is only one, nothing is tried.
   */
  static Fastest choose(Objective objective, Fit fit) {
    List<Backend> candidates =
        Backends.table().stream()
            .filter(Backends.Row::available)
            .map(row -> Backends.named(row.name()))
            .filter(backend -> backend.precision() == Precision.FLOAT32)
            .toList();
    Map<String, Double> seconds = new LinkedHashMap<>();
    Generator generator = fit.generator() == null ? Generator.session() : fit.generator();
    Generator.State drawn = generator.state();
    Map<Parameter, double[]> numbers = new LinkedHashMap<>();
    objective.model().parameters().values().forEach(p -> numbers.put(p, p.value().toArray()));
    if (candidates.size() > 1) {
      for (Backend candidate : candidates) {
        try {
          numbers.forEach((p, values) -> p.place(values, candidate));
          seconds.put(candidate.name(), Generator.with(generator, () -> time(objective, fit)));
        } catch (OutOfMemoryError | DeviceLostException e) {
          seconds.put(candidate.name(), Double.POSITIVE_INFINITY);
        }
      }
    }
    generator.restore(drawn);
    Backend best =
        seconds.entrySet().stream()
            .min(Map.Entry.comparingByValue())
            .map(entry -> Backends.named(entry.getKey()))
            .orElse(candidates.get(0));
    numbers.forEach((p, values) -> p.place(values, best));
    Backends.chosen(best);
    return new Fastest(seconds, best.name());
  }

  /** The fastest of some whole steps with the longest examples. */
  private static double time(Objective objective, Fit fit) {
    Batches batches = Batches.of(objective);
    int[] examples = batches.longest(Math.min(fit.batch(), batches.examples()));
    int to = fit.truncate();
    if (to != Chunk.WHOLE) {
      to = Math.min(to, batches.lengths()[examples[0]]);
    }
    Chunk chunk = new Chunk(examples, 0, to, List.of());
    List<Parameter> parameters = List.copyOf(objective.model().parameters().values());
    Optimizer optimizer = fit.optimizer().of(parameters, fit.learningRate());
    objective.begin(new Progress(0, 0, fit.epochs(), List.of()));
    double best = Double.POSITIVE_INFINITY;
    long start = System.nanoTime();
    for (int i = 0; i < FEWEST || seconds(start) < PATIENCE; i++) {
      long before = System.nanoTime();
      chunk.run(objective, (loss, gradients) -> optimizer.step(gradients));
      parameters.get(0).backend().finish();
      best = Math.min(best, seconds(before));
    }
    return best;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** {@code cpu 8.2 ms a step, nd4j 38 ms}, the chosen one first. */
  @Override
  public String toString() {
    if (seconds.isEmpty()) {
      return chosen + ", the only one";
    }
    return seconds.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(
            e ->
                e.getValue().isInfinite()
                    ? e.getKey() + " failed"
                    : String.format(Locale.ROOT, "%s %.3g ms", e.getKey(), 1000 * e.getValue()))
        .collect(Collectors.joining(", ", "", " a step"));
  }
}
