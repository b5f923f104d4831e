package unroll.train;

import java.nio.file.Path;

/** Where a training keeps its checkpoints and how often it writes one. */
record Saving(Path file, long everyNanos, long everySteps) {}
