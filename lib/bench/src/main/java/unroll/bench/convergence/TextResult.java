package unroll.bench.convergence;

/**
 * A line of {@code ./unroll bench textlm}: one training.
 *
 * @param engine who trained
 * @param steps of the optimizer
 * @param validation loss after them, in nats a character
 * @param seconds that all of it took
 */
record TextResult(
    String engine, String cell, long seed, int steps, double validation, double seconds) {

  String json() {
    return TextSettings.gson()
        .toJson(
            new TextResult(
                engine,
                cell,
                seed,
                steps,
                Math.round(validation * 1e5) / 1e5,
                Math.round(seconds * 10) / 10.0));
  }
}
