package unroll.train;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a training keeps its checkpoints and how often it writes one.
 *
 * @param file null where the last one is only kept in memory
 */
record Saving(Path file, long everyNanos, long everySteps) {

  /** In memory, every half minute: against the loss of a device. */
  static Saving inMemory() {
    return new Saving(null, Duration.ofSeconds(30).toNanos(), Long.MAX_VALUE);
  }
}
