package unroll.train;

import java.util.Locale;
import java.util.stream.IntStream;
import unroll.autograd.Tape;
import unroll.backend.Backend;
import unroll.tensor.Generator;
import unroll.tensor.Tensor;

/**
 * About how much memory a step takes: measured on one example and on a few, and drawn out to a
 * batch.
 *
 * @param bytes of all buffers of a step at once
 * @param batch examples in a step
 * @param backend where they live
 */
record MemoryNeed(long bytes, int batch, Backend backend) {

  /** The rest is for the data, the weights and everything else. */
  private static final double SHARE = 0.9;

  private static final int FEW = 9;

  /** Tries a step or two without changing anything. */
  static MemoryNeed of(Objective objective, int batch) {
    Backend backend = objective.model().parameters().values().iterator().next().backend();
    Generator.State drawn = Generator.session().state();
    try {
      long one = backend.peakMemory(() -> attempt(objective, 1));
      int largest = Math.min(batch, objective.examples());
      boolean small = one * FEW < SHARE / 3 * backend.memoryLimit();
      int few = Math.min(small ? FEW : 2, largest);
      if (few == 1) {
        return new MemoryNeed(one, largest, backend);
      }
      long more = backend.peakMemory(() -> attempt(objective, few)) - one;
      return new MemoryNeed(one + more * (largest - 1) / (few - 1), largest, backend);
    } catch (OutOfMemoryError e) {
      throw new IllegalStateException(
          "fit: a single example does not fit into the memory of the %s backend, %s; shorten its sequence, or give more (-Xmx)"
              .formatted(backend.name(), text(backend.memoryLimit())),
          e);
    } finally {
      Generator.session().restore(drawn);
    }
  }

  private static void attempt(Objective objective, int examples) {
    try (Tape tape = Tape.open()) {
      Tensor loss = objective.loss(IntStream.range(0, examples).toArray());
      tape.backward(loss);
    }
  }

  /** Refuses what cannot fit. */
  void check() {
    double room = SHARE * backend.memoryLimit();
    if (bytes > room) {
      int smaller = (int) Math.max(1, batch * room / bytes);
      throw new IllegalStateException(
          "fit: a step of %d examples needs about %s, the %s backend has %s; try a batch of %d, shorter sequences, or more memory (-Xmx)"
              .formatted(batch, this, backend.name(), text(backend.memoryLimit()), smaller));
    }
  }

  @Override
  public String toString() {
    return text(bytes);
  }

  private static String text(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
